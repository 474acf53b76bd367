package dev.candor.workload;

import dev.candor.corpus.CorpusRow;
import dev.candor.workload.SharedBeginnings.Beginning;
import java.util.List;

/**
 * A request of a corpus.
 *
 * @param waitNanos from the end of the last turn that it follows; 0 where unknown
 * @param outputTokens {@link CorpusRow#NONE} where unknown
 * @param beginning whole blocks that it begins with
 * @param lines its text; empty: there is none
 */
record RecordedTurn(
    String requestClass,
    long waitNanos,
    int inputTokens,
    int outputTokens,
    Beginning beginning,
    List<RecordedLine> lines) {
  private static final Beginning NOTHING = new Beginning(1, Lengths.Length.NO_BLOCKS);

  static RecordedTurn of(CorpusRow row, RecordedTexts texts) {
    return new RecordedTurn(
        row.requestClass(),
        Math.max(0, row.waitNanos()),
        row.inputTokens(),
        row.outputTokens(),
        beginning(row),
        texts.of(row));
  }

  /** The whole blocks that a row's prompt begins with. */
  static Beginning beginning(CorpusRow row) {
    return row.blockTokens() < 1
        ? NOTHING
        : Beginning.whole(row.inputTokens(), row.blockTokens(), row.blocks());
  }

  boolean hasText() {
    return !lines.isEmpty();
  }

  boolean hasBlocks() {
    return beginning.blocks().length > 0;
  }

  /** Whether its text is what {@code earlier} said, an answer, and more or nothing. */
  boolean goesOnFrom(RecordedTurn earlier) {
    int said = earlier.lines.size();
    if (said == 0 || lines.size() <= said || !lines.get(said).role().equals("assistant")) {
      return false;
    }
    for (int i = 0; i < said; i++) {
      if (lines.get(i) != earlier.lines.get(i)) {
        return false;
      }
    }
    return true;
  }
}
