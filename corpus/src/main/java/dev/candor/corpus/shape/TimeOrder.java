package dev.candor.corpus.shape;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.CorpusRow;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Brings rows, which come session by session, into the order of their arrivals. Rows without a time
 * are passed on as they come. <b>For one thread.</b>
 */
public final class TimeOrder {
  /*
   * Sessions come in the order of their first arrivals. So once a session begins, nothing that
   * comes later can be ahead of its first row, and what is held are the rows of sessions that
   * are under way at once.
   */
  private record Held(CorpusRow row, long place) {}

  private final Consumer<CorpusRow> next;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(
          Comparator.<Held>comparingLong(each -> each.row().atNanos())
              .thenComparingLong(Held::place));
  private long place;
  private long session = -1;
  private long sessionAt;

  public TimeOrder(Consumer<CorpusRow> next) {
    this.next = next;
  }

  /**
   * Takes the next row of a corpus.
   *
   * @throws CandorException where a session begins ahead of the one before it
   */
  public void add(CorpusRow row) {
    if (row.atNanos() == CorpusRow.NONE) {
      next.accept(row);
      return;
    }
    if (row.session() != session) {
      if (row.atNanos() < sessionAt) {
        throw CandorException.user(
            "session %d begins before the one ahead of it: this corpus is out of order; import its source again"
                .formatted(row.session()));
      }
      session = row.session();
      sessionAt = row.atNanos();
      release(sessionAt);
    }
    held.add(new Held(row, place++));
  }

  private void release(long before) {
    while (!held.isEmpty() && held.element().row().atNanos() < before) {
      next.accept(held.remove().row());
    }
  }

  /** Passes on what is held. */
  public void finish() {
    release(Long.MAX_VALUE);
  }
}
