package dev.candor.corpus.imports;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests together whose halves come apart. Of those that wait for their other half the
 * fingerprint is in memory alone, of a million at most; the longest waiting one then stays as it
 * is. For one thread.
 */
final class Halves {
  private static final int MOST_WAITING = 1_000_000;

  private final StagedRows rows;
  private final Map<Long, Half> waiting = new LinkedHashMap<>();

  /** A half that lies at {@code place}. */
  private record Half(long place, boolean answer) {}

  /** Takes the place of a row that is whole, or remains half of one. */
  @FunctionalInterface
  interface Rows {
    void accept(long place) throws IOException;
  }

  Halves(StagedRows rows) {
    this.rows = rows;
  }

  /** Takes a half. Of two that are of one side, the later one stays alone. */
  void add(long fingerprint, boolean answer, StagedRow row, Rows whole) throws IOException {
    @Nullable Half other = waiting.get(fingerprint);
    if (other == null) {
      waiting.put(fingerprint, new Half(rows.append(row), answer));
      if (waiting.size() > MOST_WAITING) {
        var eldest = waiting.values().iterator();
        whole.accept(eldest.next().place());
        eldest.remove();
      }
    } else if (other.answer() == answer) {
      whole.accept(rows.append(row));
    } else {
      waiting.remove(fingerprint);
      StagedRow first = rows.read(other.place());
      whole.accept(rows.append(answer ? first.answeredBy(row) : row.answeredBy(first)));
    }
  }

  /** No more come. */
  void finish(Rows whole) throws IOException {
    for (Half half : waiting.values()) {
      whole.accept(half.place());
    }
    waiting.clear();
  }

  int waiting() {
    return waiting.size();
  }
}
