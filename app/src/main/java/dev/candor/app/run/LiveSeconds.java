package dev.candor.app.run;

import dev.candor.analysis.AttemptFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.report.console.LiveSecond;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A run's seconds by themselves, for those who look at it while it lasts. <b>Not thread-safe.</b>
 */
final class LiveSeconds {
  /*
   * A second is open while attempts may still come that ended in it. They come in about the order
   * in which they ended, and a live run tells of the second behind them; but who reads the logs of
   * another process gets the seconds first, and may get those of a day at once. Hence a second is
   * closed, and its histograms given to another, as soon as attempts come that ended some seconds
   * later, or as it is asked for.
   */
  private static final int MOST_OPEN = 4;

  /** What is not asked for is forgotten after a day of the run. */
  static final int MOST_KEPT = 86_400;

  private final int gapsASecond;
  private final int mostKept;
  private final NavigableMap<Integer, Second> open = new TreeMap<>();
  private final NavigableMap<Integer, Closed> closed = new TreeMap<>();
  private final ArrayDeque<HealthWindow> windows = new ArrayDeque<>();
  private final ArrayDeque<Second> spare = new ArrayDeque<>();
  private int lastClosed = -1;

  /**
   * @param gapsASecond how many gaps between tokens are looked at in a second
   * @param mostKept seconds that nobody has asked for yet
   */
  LiveSeconds(int gapsASecond, int mostKept) {
    this.gapsASecond = gapsASecond;
    this.mostKept = mostKept;
  }

  /** What is known of the client's second when its figures are put together. */
  interface Look {
    String phase(int second);

    double outputTps(HealthWindow window);

    boolean limited(HealthWindow window);
  }

  private record Closed(
      long completed,
      long failed,
      @Nullable Double ttftP50,
      @Nullable Double ttftP99,
      @Nullable Double itlP50,
      @Nullable Double itlP99,
      @Nullable Double goodput) {
    static final Closed NOTHING = new Closed(0, 0, null, null, null, null, null);
  }

  private static final class Second {
    private static final long HIGHEST = TimeUnit.HOURS.toNanos(1);

    /** Below it, in nanoseconds, a view need not tell times apart. */
    private static final long FINEST = 10_000;

    final AbstractHistogram ttft = new IntCountsHistogram(FINEST, HIGHEST, 2);
    final AbstractHistogram itl = new IntCountsHistogram(FINEST, HIGHEST, 2);
    long completed;
    long failed;
    long good;
    int gaps;

    void reset() {
      ttft.reset();
      itl.reset();
      completed = failed = good = gaps = 0;
    }

    void addLatencies(AttemptRecord attempt, int mostGaps) {
      Long first = AttemptFigures.ttft(attempt);
      if (first != null) {
        ttft.recordValue(Math.clamp(first, 0, HIGHEST));
      }
      long[] instants = attempt.eventNanos();
      if (gaps > mostGaps) {
        return;
      }
      gaps += instants.length;
      for (int i = 1; i < instants.length; i++) {
        int carried = attempt.eventTokens()[i];
        if (carried > 0) {
          long each = (instants[i] - instants[i - 1]) / carried;
          itl.recordValueWithCount(Math.clamp(each, 0, HIGHEST), carried);
        }
      }
    }

    Closed close(boolean judged) {
      return new Closed(
          completed,
          failed,
          percentile(ttft, 50),
          percentile(ttft, 99),
          percentile(itl, 50),
          percentile(itl, 99),
          judged && completed + failed > 0
              ? Double.valueOf((double) good / (completed + failed))
              : null);
    }

    private static @Nullable Double percentile(AbstractHistogram histogram, double percent) {
      return histogram.getTotalCount() == 0 ? null : histogram.getValueAtPercentile(percent) / 1e6;
    }
  }

  /**
   * Adds one that completed.
   *
   * @param good null where nothing says what is
   */
  void completed(AttemptRecord attempt, @Nullable Predicate<AttemptRecord> good) {
    Second second = of(attempt, good != null);
    second.completed++;
    second.good += good != null && good.test(attempt) ? 1 : 0;
    second.addLatencies(attempt, gapsASecond);
  }

  /** Adds one that failed for good. */
  void failed(AttemptRecord attempt, boolean judged) {
    of(attempt, judged).failed++;
  }

  private Second of(AttemptRecord attempt, boolean judged) {
    int number = (int) Math.max(0, attempt.end() / TimeUnit.SECONDS.toNanos(1));
    // What comes late, as its end was known late, is told of as early as it still can be.
    Second second =
        open.computeIfAbsent(
            Math.max(number, lastClosed + 1),
            ignored -> {
              Second free = spare.poll();
              return free == null ? new Second() : free;
            });
    while (open.size() > MOST_OPEN) {
      closeFirst(judged);
    }
    return second;
  }

  private void closeFirst(boolean judged) {
    var first = open.pollFirstEntry();
    lastClosed = first.getKey();
    closed.put(lastClosed, first.getValue().close(judged));
    first.getValue().reset();
    spare.add(first.getValue());
    if (closed.size() > mostKept) {
      var _ = closed.pollFirstEntry();
    }
  }

  /** Adds a second that is over. */
  void over(HealthWindow window) {
    windows.add(window);
    if (windows.size() > mostKept) {
      var _ = windows.poll();
    }
  }

  /**
   * The seconds that are over and were not taken yet, in order; every attempt that ended in them
   * was added.
   */
  List<LiveSecond> take(boolean judged, Look look) {
    if (windows.isEmpty()) {
      return List.of();
    }
    int last = windows.getLast().second();
    while (!open.isEmpty() && open.firstKey() <= last) {
      closeFirst(judged);
    }
    List<LiveSecond> taken = new ArrayList<>(windows.size());
    for (HealthWindow window : windows) {
      Closed figures = closed.getOrDefault(window.second(), Closed.NOTHING);
      taken.add(
          new LiveSecond(
              window.second(),
              look.phase(window.second()),
              window.users(),
              window.inFlight(),
              figures.completed(),
              figures.failed(),
              look.outputTps(window),
              figures.ttftP50(),
              figures.ttftP99(),
              figures.itlP50(),
              figures.itlP99(),
              figures.goodput(),
              look.limited(window)));
    }
    windows.clear();
    closed.headMap(last, true).clear();
    lastClosed = Math.max(lastClosed, last);
    return taken;
  }
}
