package dev.candor.analysis.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a load step that a prediction is judged by; latencies in milliseconds, NaN where
 * there are none.
 *
 * @param outputTps output tokens a second, from the first sending to the last token
 * @param failedShare of attempts, 0 to 1
 */
public record StepFigures(
    double ttftP50,
    double ttftP99,
    double itlP50,
    double itlP99,
    double outputTps,
    double failedShare) {

  /** Of {@link #all}, in that order. */
  public static final List<String> KEYS =
      List.of(
          "ttft_p50_ms", "ttft_p99_ms", "itl_p50_ms", "itl_p99_ms", "output_tps", "failed_ratio");

  static StepFigures measured(MeasuredRun run, int phase) {
    Sums sums = new Sums();
    for (MeasuredAttempt each : run.attempts()) {
      if (each.phase() == phase) {
        sums.add(each.sent(), each.eventNanos(), each.eventTokens(), each.outcome().failed());
      }
    }
    return sums.figures();
  }

  static StepFigures predicted(int phase, List<List<Replay.Answer>> replays) {
    Sums sums = new Sums();
    for (List<Replay.Answer> answers : replays) {
      for (Replay.Answer answer : answers) {
        if (answer.phase() == phase) {
          sums.add(answer.sent(), answer.tokens(), null, answer.failed());
        }
      }
      sums.endOfReplay();
    }
    return sums.figures();
  }

  /** The figures, of which the first four are latencies. */
  public double[] all() {
    return new double[] {ttftP50, ttftP99, itlP50, itlP99, outputTps, failedShare};
  }

  private static final class Sums {
    private final LongStream.Builder ttft = LongStream.builder();
    private final LongStream.Builder itl = LongStream.builder();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private double tokens;
    private double seconds;
    private double attempts;
    private double failed;

    /** With {@code counts} tokens an event, null: one each. */
    void add(long sent, long[] events, int @Nullable [] counts, boolean wasFailed) {
      attempts++;
      failed += wasFailed ? 1 : 0;
      first = Math.min(first, sent);
      if (events.length == 0) {
        return;
      }
      last = Math.max(last, events[events.length - 1]);
      ttft.add(events[0] - sent);
      tokens += counts == null ? events.length : Arrays.stream(counts).sum();
      for (int i = 1; i < events.length; i++) {
        int n = counts == null ? 1 : Math.max(1, counts[i]);
        for (int k = 0; k < n; k++) {
          itl.add((events[i] - events[i - 1]) / n);
        }
      }
    }

    void endOfReplay() {
      seconds += last > first ? (last - first) / 1e9 : 0;
      first = Long.MAX_VALUE;
      last = Long.MIN_VALUE;
    }

    StepFigures figures() {
      endOfReplay();
      long[] ttfts = ttft.build().sorted().toArray();
      long[] itls = itl.build().sorted().toArray();
      return new StepFigures(
          quantile(ttfts, 0.5),
          quantile(ttfts, 0.99),
          quantile(itls, 0.5),
          quantile(itls, 0.99),
          seconds > 0 ? tokens / seconds : Double.NaN,
          attempts > 0 ? failed / attempts : Double.NaN);
    }

    private static double quantile(long[] sorted, double share) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
  }
}
