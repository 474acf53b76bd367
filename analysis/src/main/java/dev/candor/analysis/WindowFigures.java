package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunReader.WindowValue;
import dev.candor.scenario.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the run second by second. For one thread. */
final class WindowFigures {
  private static final long SECOND = 1_000_000_000L;

  private final TreeMap<Integer, Sums> seconds = new TreeMap<>();

  private static final class Sums {
    final LatencySketch ttft = new LatencySketch();
    final LatencySketch ttftIntended = new LatencySketch();
    final LatencySketch itl = new LatencySketch();
    int arrivals;
    int ended;
    int failed;
    int good;
    long outputTokens;
    long inputTokens;
    double inFlightNanos;
  }

  private Sums at(long nanos) {
    return seconds.computeIfAbsent((int) (nanos / SECOND), s -> new Sums());
  }

  void add(AttemptRecord a, Slo slo) {
    Sums arrival = at(a.intended());
    arrival.arrivals++;
    arrival.good += AttemptFigures.good(a, slo) ? 1 : 0;
    Sums end = at(Math.max(a.end(), a.intended()));
    end.failed += a.outcome().failed() ? 1 : 0;
    if (a.sent() == NONE) {
      return;
    }
    end.ended++;
    Long ttft = AttemptFigures.ttft(a);
    if (ttft != null) {
      Sums first = at(a.first());
      first.ttft.add(ttft, 1);
      first.ttftIntended.add(a.first() - a.intended(), 1);
    }
    long[] instants = a.eventNanos();
    if (instants.length > 0) {
      at(instants[0]).inputTokens += AttemptFigures.inputTokens(a);
    }
    for (int i = 0; i < instants.length; i++) {
      Sums sums = at(instants[i]);
      sums.outputTokens += a.eventTokens()[i];
      if (i > 0) {
        sums.itl.addShared(instants[i] - instants[i - 1], a.eventTokens()[i]);
      }
    }
    for (long from = a.sent(); from < a.end(); ) {
      long to = Math.min(a.end(), (from / SECOND + 1) * SECOND);
      at(from).inFlightNanos += to - from;
      from = to;
    }
  }

  List<Analysis.Window> windows(
      List<PhaseRecord> phases, List<HealthWindow> health, ClientHealth judge) {
    Map<Integer, HealthWindow> healths = new TreeMap<>();
    health.forEach(window -> healths.put(window.second(), window));
    List<Analysis.Window> windows = new ArrayList<>();
    int last = seconds.isEmpty() ? -1 : seconds.lastKey();
    for (int second = 0; second <= last; second++) {
      Sums sums = seconds.getOrDefault(second, new Sums());
      HealthWindow client = healths.get(second);
      PhaseRecord phase = phaseAt(phases, (long) second * SECOND + SECOND / 2);
      Summary.Latency ttft = sums.ttft.latency();
      Summary.Latency itl = sums.itl.latency();
      windows.add(
          new Analysis.Window(
              second,
              phase == null ? "" : phase.name(),
              phase != null && phase.warmup(),
              client == null ? Set.of() : judge.limits(client),
              sums.inFlightNanos / SECOND,
              sums.arrivals,
              sums.ended,
              sums.failed,
              sums.outputTokens,
              sums.inputTokens,
              sums.ttft.quantileMs(0.5),
              sums.ttft.quantileMs(0.9),
              ttft.max(),
              sums.ttftIntended.quantileMs(0.5),
              sums.itl.quantileMs(0.5),
              sums.itl.quantileMs(0.9),
              itl.p99() != null ? itl.p99() : itl.max(),
              sums.arrivals == 0 ? null : (double) sums.good / sums.arrivals,
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
              client == null ? 0 : client.queues().writerLagNanos() / 1e6));
    }
    return windows;
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

  /** The rows of windows.parquet: a row a second and metric, unknown ones left out. */
  static List<WindowValue> rows(List<Analysis.Window> windows) {
    List<WindowValue> rows = new ArrayList<>();
    for (Analysis.Window w : windows) {
      row(rows, w, "in_flight", w.inFlight());
      row(rows, w, "arrivals", (double) w.arrivals());
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
    }
    return rows;
  }

  private static void row(
      List<WindowValue> rows, Analysis.Window window, String metric, @Nullable Double value) {
    if (value != null) {
      rows.add(new WindowValue(window.second(), window.phase(), metric, value));
    }
  }
}
