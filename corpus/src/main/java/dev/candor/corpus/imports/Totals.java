package dev.candor.corpus.imports;

import dev.candor.corpus.CorpusRow;
import java.util.List;
import java.util.TreeSet;

/** Adds up the rows of a corpus. For one thread. */
final class Totals {
  long rows;
  long sessions;
  int mostTurns;
  long inputTokens;
  long outputTokens;
  long withoutOutput;
  long withoutArrival;
  long spanNanos;
  long rowsWithTexts;
  private final TreeSet<Integer> blockTokens = new TreeSet<>();

  void add(CorpusRow row) {
    rows++;
    sessions = row.session() + 1;
    mostTurns = Math.max(mostTurns, row.turn() + 1);
    inputTokens += row.inputTokens();
    rowsWithTexts += row.messages() == null && row.answer() == null ? 0 : 1;
    if (row.outputTokens() == CorpusRow.NONE) {
      withoutOutput++;
    } else {
      outputTokens += row.outputTokens();
    }
    if (row.atNanos() == CorpusRow.NONE) {
      withoutArrival++;
    } else {
      spanNanos = Math.max(spanNanos, row.atNanos());
    }
    if (row.blockTokens() > 0 && blockTokens.size() < 16) {
      blockTokens.add(row.blockTokens());
    }
  }

  List<Integer> blockTokens() {
    return List.copyOf(blockTokens);
  }
}
