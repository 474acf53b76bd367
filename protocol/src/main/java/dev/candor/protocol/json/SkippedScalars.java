package dev.candor.protocol.json;

/**
 * Where the strings and numbers of a JSON text are that mean nothing to its reader: an id, a time
 * of day, a random filler. The first sixteen; what is beyond is not noted. <b>For one thread.</b>
 */
final class SkippedScalars {
  private static final int MOST = 16;

  private final int[] starts = new int[MOST];
  private final int[] stops = new int[MOST];
  private final boolean[] strings = new boolean[MOST];
  private int count;

  void clear() {
    count = 0;
  }

  /**
   * @param first byte of the scalar: literals are not noted
   */
  void add(int first, int start, int stop) {
    if (count < MOST && (first == '"' || first <= '9')) {
      starts[count] = start;
      stops[count] = stop;
      strings[count++] = first == '"';
    }
  }

  int count() {
    return count;
  }

  int start(int index) {
    return starts[index];
  }

  int stop(int index) {
    return stops[index];
  }

  boolean isString(int index) {
    return strings[index];
  }
}
