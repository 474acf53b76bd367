package dev.candor.app.run;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the live view: over attempts that have ended, the last ten seconds' token rate.
 * Added to by the writer's thread, read by the run's; hence the lock, taken per attempt and never
 * per token.
 */
final class LiveFigures {
  private static final long RATE_OVER_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LIMITED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Scenario scenario;
  private final Histogram ttft = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private final Histogram itl = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private final ArrayDeque<long[]> recentTokens = new ArrayDeque<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private long completed;
  private long failed;
  private @Nullable HealthWindow lastWindow;

  LiveFigures(Scenario scenario) {
    this.scenario = scenario;
  }

  synchronized void add(AttemptRecord attempt) {
    if (attempt.outcome() == Outcome.COMPLETED) {
      completed++;
      ttft.recordValue(
          Math.clamp(attempt.first() - attempt.sent(), 0, ttft.getHighestTrackableValue()));
      long[] instants = attempt.eventNanos();
      for (int i = 1; i < instants.length; i++) {
        itl.recordValue(
            Math.clamp(
                (instants[i] - instants[i - 1]) / Math.max(1, attempt.eventTokens()[i]),
                0,
                itl.getHighestTrackableValue()));
      }
    } else if (attempt.outcome().failed()) {
      failed++;
      errors.merge(attempt.outcome().key(), 1L, Long::sum);
    }
    recentTokens.add(new long[] {attempt.end(), attempt.outputTokens()});
  }

  synchronized void add(HealthWindow window) {
    lastWindow = window;
  }

  synchronized LiveSnapshot snapshot(long elapsedNanos) {
    long since = elapsedNanos - RATE_OVER_NANOS;
    while (!recentTokens.isEmpty() && recentTokens.peek()[0] < since) {
      recentTokens.poll();
    }
    long tokens = 0;
    for (long[] each : recentTokens) {
      tokens += each[1];
    }
    double over = Math.max(1, Math.min(elapsedNanos, RATE_OVER_NANOS)) / 1e9;
    HealthWindow window = lastWindow;
    long total = 0;
    String phase = "draining";
    for (LoadStep step : scenario.steps()) {
      if (elapsedNanos >= total && elapsedNanos < total + step.durationNanos()) {
        phase = step.name();
      }
      total += step.durationNanos();
    }
    return new LiveSnapshot(
        Math.max(0, elapsedNanos) / 1e9,
        total / 1e9,
        phase,
        window == null ? 0 : window.users(),
        window == null ? 0 : (int) Math.round(window.inFlight()),
        completed,
        failed,
        tokens / over,
        percentile(ttft, 50),
        percentile(ttft, 99),
        percentile(itl, 50),
        percentile(itl, 99),
        null,
        new TreeMap<>(errors),
        window != null && window.loopDelayP99Nanos() > LIMITED_NANOS);
  }

  private static @Nullable Double percentile(Histogram histogram, double percent) {
    boolean known = histogram.getTotalCount() * (1 - percent / 100) >= 10;
    return known ? histogram.getValueAtPercentile(percent) / 1e6 : null;
  }
}
