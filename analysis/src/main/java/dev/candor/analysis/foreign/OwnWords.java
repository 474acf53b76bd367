package dev.candor.analysis.foreign;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.LatencySketch;
import dev.candor.analysis.Summary;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own figures of the same attempts, as docs/metrics.md has them, to stand beside theirs. */
final class OwnWords implements Definition {
  private static final String TITLE = "Candor";

  private final List<PhaseRecord> measured;
  private final double seconds;
  private final LatencySketch ttft = new LatencySketch();
  private final LatencySketch itl = new LatencySketch();
  private final LatencySketch tpot = new LatencySketch();
  private final LatencySketch latency = new LatencySketch();
  private long tokensInside;
  private long completedInside;

  OwnWords(RunInfo run, List<PhaseRecord> measured) {
    this.measured = measured;
    this.seconds = measured.stream().mapToLong(run::activeNanos).sum() / 1e9;
  }

  static ToolReport report(Definition own, String version, long successful, long failed) {
    return new ToolReport(
        "candor",
        TITLE,
        version,
        successful,
        failed,
        List.of("mean", "p50", "p90", "p99", "max"),
        own.figures(),
        List.of());
  }

  /** What of any attempt, warm-up's too, fell into the measured phases. */
  void addInside(AttemptRecord a) {
    for (PhaseRecord phase : measured) {
      long from = phase.startNanos();
      long to = phase.endNanos();
      for (int i = 0; i < a.eventNanos().length; i++) {
        long at = a.eventNanos()[i];
        tokensInside += at >= from && at < to ? a.eventTokens()[i] : 0;
      }
      completedInside +=
          a.outcome() == Outcome.COMPLETED && a.end() >= from && a.end() < to ? 1 : 0;
    }
  }

  @Override
  public boolean add(AttemptRecord a) {
    if (a.outcome() != Outcome.COMPLETED) {
      return false;
    }
    Long first = AttemptFigures.ttft(a);
    if (first != null) {
      ttft.add(first, 1);
    }
    Double each = AttemptFigures.tpot(a);
    if (each != null) {
      tpot.add(Math.round(each), 1);
    }
    latency.add(a.end() - a.sent(), 1);
    for (int i = 1; i < a.eventNanos().length; i++) {
      itl.addShared(a.eventNanos()[i] - a.eventNanos()[i - 1], a.eventTokens()[i]);
    }
    return true;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        figure("ttft", Concept.TTFT, ttft),
        figure("itl", Concept.ITL, itl),
        figure("tpot", Concept.TPOT, tpot),
        figure("e2e", Concept.LATENCY, latency),
        Figure.single(
            "rates.requests",
            "requests/s",
            "req/s",
            Concept.REQUEST_RATE,
            rate(completedInside, seconds)),
        Figure.single(
            "rates.output_tps",
            "output tok/s",
            "tok/s",
            Concept.OUTPUT_RATE,
            rate(tokensInside, seconds)));
  }

  private static @Nullable Double rate(long amount, double seconds) {
    return seconds <= 0 ? null : Double.valueOf(amount / seconds);
  }

  private static Figure figure(String key, Concept concept, LatencySketch sketch) {
    Summary.Latency l = sketch.latency();
    Map<String, @Nullable Double> stats = new LinkedHashMap<>();
    stats.put("mean", l.mean());
    stats.put("p50", l.p50());
    stats.put("p90", l.p90());
    stats.put("p99", l.p99());
    stats.put("max", l.max());
    return new Figure(key, key, "ms", concept, l.count(), stats);
  }
}
