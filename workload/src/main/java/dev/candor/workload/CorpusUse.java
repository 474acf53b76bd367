package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.CorpusRow;
import dev.candor.scenario.Workload;

/** Says of each row of a corpus, in their order, whether a run uses it. For one thread. */
final class CorpusUse {
  private final Workload.Corpus source;
  private long session = -1;
  private int turn;
  private boolean cut;
  private long requests;

  CorpusUse(Workload.Corpus source) {
    this.source = source;
  }

  /** What a row is good for. */
  enum Use {
    USED,
    /** Its session has ended before it. */
    CUT,
    /** It and all behind it are more than was asked for. */
    BEYOND
  }

  Use of(CorpusRow row) {
    if (row.session() != session) {
      if (source.limit() > 0 && requests >= source.limit()) {
        return Use.BEYOND;
      }
      check(row.session() == session + 1 && row.turn() == 0, row, "follows session " + session);
      session = row.session();
      cut = false;
    } else {
      check(row.turn() == turn + 1, row, "follows turn " + turn);
    }
    turn = row.turn();
    for (int before : row.after()) {
      check(before >= 0 && before < turn, row, "waits for turn " + before);
    }
    check(row.inputTokens() > 0, row, "has %d input tokens".formatted(row.inputTokens()));
    cut |= source.maxInputTokens() > 0 && row.inputTokens() > source.maxInputTokens();
    requests += cut ? 0 : 1;
    return cut ? Use.CUT : Use.USED;
  }

  private void check(boolean right, CorpusRow row, String found) {
    if (!right) {
      throw CandorException.user(
          "workload.corpus.file: %s is no corpus: session %d, turn %d %s; candor corpus import makes one"
              .formatted(source.file(), row.session(), row.turn(), found));
    }
  }
}
