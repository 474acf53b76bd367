package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader.WindowValue;
import dev.candor.scenario.Slo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the run second by second, from attempts in the order of intent. For one thread.
 *
 * <p>A second is final once attempts are intended after it: nothing of theirs can fall into it. Its
 * sketches are then read and forgotten, so that memory goes by the length of answers, not of the
 * run.
 */
final class WindowFigures {
  private static final long SECOND = 1_000_000_000L;

  /** By second; null where it has nothing, or is closed. */
  private @Nullable Sums[] open = new Sums[64];

  private int openCount;
  private final TreeMap<Integer, Figures> closed = new TreeMap<>();
  private int current;
  private int lastSecond = -1;
  private @Nullable Sums lastSums;

  /** By second of intent: whether a request was good may be known long after that. */
  private int[] good = new int[64];

  private boolean triedAgain;

  private final ObjIntConsumer<LatencySketch> closedItl;

  WindowFigures() {
    this((_, _) -> {});
  }

  /**
   * @param closedItl takes the ITL of a second that is final, and the second
   */
  WindowFigures(ObjIntConsumer<LatencySketch> closedItl) {
    this.closedItl = closedItl;
  }

  private static final class Sums {
    @Nullable LatencySketch ttft;
    @Nullable LatencySketch ttftIntended;
    @Nullable LatencySketch itl;
    int arrivals;
    int attempts;
    int ended;
    int failed;
    long outputTokens;
    long inputTokens;
    double inFlightNanos;

    LatencySketch itl() {
      LatencySketch sketch = itl;
      if (sketch == null) {
        sketch = new LatencySketch();
        itl = sketch;
      }
      return sketch;
    }

    void addFirst(long nanos, long fromIntent) {
      LatencySketch sketch = ttft;
      LatencySketch intended = ttftIntended;
      if (sketch == null || intended == null) {
        sketch = new LatencySketch();
        intended = new LatencySketch();
        ttft = sketch;
        ttftIntended = intended;
      }
      sketch.add(nanos, 1);
      intended.add(fromIntent, 1);
    }

    Figures figures() {
      return new Figures(
          arrivals,
          attempts,
          ended,
          failed,
          outputTokens,
          inputTokens,
          inFlightNanos,
          quantile(ttft, 0.5),
          quantile(ttft, 0.9),
          ttft == null ? null : ttft.maxMs(),
          quantile(ttftIntended, 0.5),
          quantile(itl, 0.5),
          quantile(itl, 0.9),
          itl == null ? null : itl.p99OrMaxMs());
    }

    private static @Nullable Double quantile(@Nullable LatencySketch sketch, double q) {
      return sketch == null ? null : sketch.quantileMs(q);
    }
  }

  /** What a second amounts to. */
  private record Figures(
      int arrivals,
      int attempts,
      int ended,
      int failed,
      long outputTokens,
      long inputTokens,
      double inFlightNanos,
      @Nullable Double ttftP50,
      @Nullable Double ttftP90,
      @Nullable Double ttftMax,
      @Nullable Double ttftIntendedP50,
      @Nullable Double itlP50,
      @Nullable Double itlP90,
      @Nullable Double itlP99) {}

  private Sums at(long nanos) {
    int second = (int) (nanos / SECOND);
    Sums last = lastSums;
    if (second == lastSecond && last != null) {
      return last;
    }
    if (second >= open.length) {
      open = Arrays.copyOf(open, Math.max(2 * open.length, second + 1));
    }
    Sums sums = open[second];
    if (sums == null) {
      sums = new Sums();
      open[second] = sums;
      openCount++;
    }
    lastSecond = second;
    lastSums = sums;
    return sums;
  }

  private void closeBefore(int second) {
    if (second <= current) {
      return;
    }
    for (int each = current; each < Math.min(second, open.length); each++) {
      Sums sums = open[each];
      if (sums != null) {
        closed.put(each, sums.figures());
        if (sums.itl != null) {
          closedItl.accept(sums.itl, each);
        }
        open[each] = null;
        openCount--;
      }
    }
    current = second;
    lastSums = null;
  }

  /** Says that nothing will come any more. */
  void close() {
    closeBefore(Integer.MAX_VALUE);
  }

  /** Seconds whose sketches are held. */
  int open() {
    return openCount;
  }

  void add(AttemptRecord a, Slo slo) {
    closeBefore((int) (a.intended() / SECOND));
    Sums arrival = at(a.intended());
    arrival.arrivals += a.attempt() == 1 ? 1 : 0;
    arrival.attempts += TryFigures.wasSent(a) ? 1 : 0;
    triedAgain |= a.attempt() > 1;
    if (AttemptFigures.good(a, slo)) {
      addGood((int) (a.requested() / SECOND));
    }
    Sums end = at(Math.max(a.end(), a.intended()));
    end.failed += a.outcome().failed() && !a.retried() ? 1 : 0;
    if (a.sent() == NONE) {
      return;
    }
    end.ended += a.retried() ? 0 : 1;
    Long ttft = AttemptFigures.ttft(a);
    if (ttft != null) {
      at(a.first()).addFirst(ttft, a.first() - a.requested());
    }
    long[] instants = a.eventNanos();
    if (instants.length > 0) {
      at(instants[0]).inputTokens += AttemptFigures.inputTokens(a);
    }
    addTokens(a, instants);
    for (long from = a.sent(); from < a.end(); ) {
      long to = Math.min(a.end(), (from / SECOND + 1) * SECOND);
      at(from).inFlightNanos += to - from;
      from = to;
    }
  }

  private void addGood(int second) {
    if (second >= good.length) {
      good = Arrays.copyOf(good, Math.max(2 * good.length, second + 1));
    }
    good[second]++;
  }

  private void addTokens(AttemptRecord a, long[] instants) {
    boolean single = AttemptFigures.oneTokenAnEvent(a);
    for (int i = 0; i < instants.length; ) {
      Sums sums = at(instants[i]);
      int next = i + 1;
      long end = (instants[i] / SECOND + 1) * SECOND;
      while (next < instants.length && instants[next] < end) {
        next++;
      }
      if (single) {
        sums.outputTokens += next - i;
        if (next > 1) {
          sums.itl().addGaps(instants, Math.max(0, i - 1), next);
        }
      } else {
        for (int each = i; each < next; each++) {
          sums.outputTokens += a.eventTokens()[each];
          if (each > 0) {
            sums.itl().addShared(instants[each] - instants[each - 1], a.eventTokens()[each]);
          }
        }
      }
      i = next;
    }
  }

  /** The seconds of the run {@code info}. */
  List<Analysis.Window> windows(RunInfo info, List<HealthWindow> health, ClientHealth judge) {
    Map<Integer, HealthWindow> healths = new TreeMap<>();
    health.forEach(window -> healths.put(window.second(), window));
    List<Analysis.Window> windows = new ArrayList<>();
    close();
    Figures nothing = new Sums().figures();
    int last = closed.isEmpty() ? -1 : closed.lastKey();
    for (int second = 0; second <= last; second++) {
      Figures sums = closed.getOrDefault(second, nothing);
      HealthWindow client = healths.get(second);
      PhaseRecord phase = phaseAt(info.phases(), (long) second * SECOND + SECOND / 2);
      windows.add(
          new Analysis.Window(
              second,
              phase == null ? "" : phase.name(),
              phase != null && phase.warmup(),
              client == null ? Set.of() : judge.limits(client),
              sums.inFlightNanos() / SECOND,
              sums.arrivals(),
              sums.ended(),
              sums.failed(),
              sums.outputTokens(),
              sums.inputTokens(),
              sums.ttftP50(),
              sums.ttftP90(),
              sums.ttftMax(),
              sums.ttftIntendedP50(),
              sums.itlP50(),
              sums.itlP90(),
              sums.itlP99(),
              sums.arrivals() == 0 ? null : (double) goodOf(second) / sums.arrivals(),
              client == null ? 0 : client.loopDelayP99Nanos() / 1e6,
              client == null ? 0 : client.sendLatenessP99Nanos() / 1e6,
              client == null ? null : ClientHealth.ms(client.pauses().gcNanos()),
              client == null ? null : ClientHealth.ms(client.pauses().safepointNanos()),
              client == null ? null : ClientHealth.ms(client.pauses().allocationStallNanos()),
              client == null ? 0 : client.cpu().share(),
              client == null ? null : client.cpu().stealShare(),
              client == null ? null : client.cpu().runQueueShare(),
              client == null ? null : number(client.queues().receiveMaxBytes()),
              client == null ? null : client.queues().receiveWaitingShare(),
              client == null ? 0 : client.queues().writerAttempts(),
              client == null ? 0 : client.queues().writerLagNanos() / 1e6,
              1 - info.activeNanos(second * SECOND, (second + 1) * SECOND) / (double) SECOND,
              triedAgain ? sums.attempts() : null));
    }
    return windows;
  }

  private int goodOf(int second) {
    return second < good.length ? good[second] : 0;
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : Double.valueOf(value);
  }

  private static @Nullable PhaseRecord phaseAt(List<PhaseRecord> phases, long nanos) {
    for (PhaseRecord phase : phases) {
      if (nanos >= phase.startNanos() && nanos < phase.endNanos()) {
        return phase;
      }
    }
    return null;
  }

  /** The window's rows of windows.parquet: one a metric, unknown ones left out. */
  static Stream<WindowValue> rows(Analysis.Window w) {
    List<WindowValue> rows = new ArrayList<>();
    if (w.deadShare() > 0) {
      row(rows, w, "dead", w.deadShare());
    }
    if (w.dead()) {
      return rows.stream();
    }
    row(rows, w, "in_flight", w.inFlight());
    row(rows, w, "arrivals", (double) w.arrivals());
    Integer attempts = w.attempts();
    row(rows, w, "attempts", attempts == null ? null : Double.valueOf(attempts));
    row(rows, w, "ended", (double) w.ended());
    row(rows, w, "failed", (double) w.failed());
    row(rows, w, "output_tps", w.outputTps());
    row(rows, w, "input_tps", w.inputTps());
    row(rows, w, "ttft.p50", w.ttftP50());
    row(rows, w, "ttft.p90", w.ttftP90());
    row(rows, w, "ttft.max", w.ttftMax());
    row(rows, w, "ttft_intended.p50", w.ttftIntendedP50());
    row(rows, w, "itl.p50", w.itlP50());
    row(rows, w, "itl.p90", w.itlP90());
    row(rows, w, "itl.p99", w.itlP99());
    row(rows, w, "goodput", w.goodput());
    row(rows, w, "client.loop_delay_p99", w.loopDelayP99());
    row(rows, w, "client.send_lateness_p99", w.sendLatenessP99());
    row(rows, w, "client.gc_max", w.gcMax());
    row(rows, w, "client.safepoint_max", w.stopMax());
    row(rows, w, "client.allocation_stall_max", w.allocationStallMax());
    row(rows, w, "client.cpu", w.cpu());
    row(rows, w, "client.steal", w.steal());
    row(rows, w, "client.run_queue", w.runQueue());
    row(rows, w, "client.receive_queue_bytes", w.receiveQueueBytes());
    row(rows, w, "client.receive_waiting", w.receiveWaiting());
    row(rows, w, "client.writer_backlog", w.writerBacklog());
    row(rows, w, "client.writer_lag", w.writerLag());
    row(rows, w, "client.limited", w.clientLimited() ? 1.0 : 0.0);
    for (LimitReason reason : w.limits()) {
      row(rows, w, "client.limited." + reason.key(), 1.0);
    }
    return rows.stream();
  }

  private static void row(
      List<WindowValue> rows, Analysis.Window window, String metric, @Nullable Double value) {
    if (value != null) {
      rows.add(new WindowValue(window.second(), window.phase(), metric, value));
    }
  }
}
