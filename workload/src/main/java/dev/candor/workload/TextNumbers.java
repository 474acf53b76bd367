package dev.candor.workload;

/**
 * A number for every text of a run: equal for those that are meant to be the same, different for
 * all others. Shared texts have odd numbers, a session's own have even ones.
 */
final class TextNumbers {
  /*
   * A session's own texts are numbered by pairs of strand (its main conversation and each
   * sub-agent) and place in it, as Cantor numbered pairs, so that the first of them have small
   * numbers whatever is many: strands or turns. The first 2^14 of a session lie side by side, the
   * rest far above, beyond the first 2^29 sessions.
   */
  private static final int OWN_BITS = 14;

  private static final int BEYOND_BIT = 43;
  private static final int KINDS = 3;

  private final int classes;

  /**
   * @param classes of the mix
   */
  TextNumbers(int classes) {
    this.classes = classes;
  }

  /** The system prompt {@code variant} of a class. */
  long system(int classIndex, int variant) {
    return shared(classIndex, variant, 0);
  }

  /** The definition of a class's tool {@code index}. */
  long tool(int classIndex, int index) {
    return shared(classIndex, index, 1);
  }

  /** The document {@code index} of a class's pool. */
  long document(int classIndex, int index) {
    return shared(classIndex, index, 2);
  }

  private long shared(int classIndex, int index, int kind) {
    return (((long) index * classes + classIndex) * KINDS + kind) * 2 + 1;
  }

  /**
   * The text at {@code place} of a session's strand {@code strand}, the main one being strand 0.
   */
  static long own(long session, int strand, int place) {
    long diagonal = (long) strand + place;
    long index = diagonal * (diagonal + 1) / 2 + place;
    long near = (session << OWN_BITS) | (index & ((1 << OWN_BITS) - 1));
    return (near + ((index >>> OWN_BITS) << BEYOND_BIT)) * 2;
  }
}
