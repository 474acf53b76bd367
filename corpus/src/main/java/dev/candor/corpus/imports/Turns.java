package dev.candor.corpus.imports;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.corpus.CorpusRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Numbers the requests of one conversation, and says what each one waited for. For one thread. */
final class Turns {
  /*
   * Where only times are known, a request waited for all that had been answered before it came, but
   * for those that another one of these had waited for already. One after the other, that is the
   * turn before; where an agent asks several things at once, each waits for what came before, and
   * the next for all of them. A request whose end is unknown counts as answered at once.
   */
  private static final int MOST_AT_ONCE = 4096;
  private static final int REMEMBERED = 1 << 20;

  private record Open(int turn, long endNanos, boolean endKnown, int[] after) {}

  /** Where a request stands. */
  record Place(int turn, int[] after, long waitNanos) {}

  private final RecentKeys bySequence = new RecentKeys(REMEMBERED);
  private final PriorityQueue<Open> unanswered =
      new PriorityQueue<>(Comparator.comparingLong(Open::endNanos));
  private final List<Open> latest = new ArrayList<>();
  private int next;

  /** A conversation begins. */
  void begin() {
    bySequence.clear();
    unanswered.clear();
    latest.clear();
    next = 0;
  }

  /** The number of a request whose source itself says what it waited for. */
  int next() {
    return next++;
  }

  /**
   * The place of a request.
   *
   * @param parentSequence of the request that it continues; {@code UNKNOWN_TIME} where times alone
   *     say what it waited for
   */
  Place next(long sequence, long startNanos, long endNanos, long parentSequence) {
    int turn = next++;
    Place place =
        parentSequence != UNKNOWN_TIME && bySequence.find(parentSequence)
            ? new Place(
                turn,
                new int[] {(int) bySequence.first()},
                between(bySequence.second(), startNanos))
            : byTimes(turn, startNanos);
    bySequence.put(sequence, turn, endNanos);
    boolean endKnown = endNanos != UNKNOWN_TIME;
    unanswered.add(new Open(turn, endKnown ? endNanos : startNanos, endKnown, place.after()));
    return place;
  }

  private Place byTimes(int turn, long startNanos) {
    while (!unanswered.isEmpty()
        && (startNanos == UNKNOWN_TIME
            || unanswered.peek().endNanos() <= startNanos
            || unanswered.size() >= MOST_AT_ONCE)) {
      answered(unanswered.remove());
    }
    int[] after = latest.stream().mapToInt(Open::turn).sorted().toArray();
    long end = latest.isEmpty() ? UNKNOWN_TIME : Long.MIN_VALUE;
    boolean known = !latest.isEmpty();
    for (Open each : latest) {
      end = Math.max(end, each.endNanos());
      known &= each.endKnown();
    }
    return new Place(turn, after, known ? between(end, startNanos) : CorpusRow.NONE);
  }

  private void answered(Open request) {
    latest.removeIf(
        each -> {
          for (int turn : request.after()) {
            if (turn == each.turn()) {
              return true;
            }
          }
          return false;
        });
    latest.add(request);
    if (latest.size() > MOST_AT_ONCE) {
      latest.removeFirst();
    }
  }

  private static long between(long endNanos, long startNanos) {
    return endNanos == UNKNOWN_TIME || startNanos == UNKNOWN_TIME
        ? CorpusRow.NONE
        : Math.max(0, startNanos - endNanos);
  }
}
