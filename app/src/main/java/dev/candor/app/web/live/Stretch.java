package dev.candor.app.web.live;

import dev.candor.report.console.LiveSecond;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Seconds of a run as one: the highest of their latencies, so that no stall is lost, the sums of
 * what ended, and the means of all else.
 *
 * @param figures of all of them; its second is the first
 * @param seconds how many
 */
record Stretch(LiveSecond figures, int seconds) {

  /** With the seconds that follow. */
  Stretch and(Stretch next) {
    LiveSecond a = figures;
    LiveSecond b = next.figures;
    int all = seconds + next.seconds;
    double share = (double) seconds / all;
    return new Stretch(
        new LiveSecond(
            a.second(),
            a.phase(),
            b.users(),
            mean(a.inFlight(), b.inFlight(), share),
            a.completed() + b.completed(),
            a.failed() + b.failed(),
            mean(a.outputTps(), b.outputTps(), share),
            highest(a.ttftP50(), b.ttftP50()),
            highest(a.ttftP99(), b.ttftP99()),
            highest(a.itlP50(), b.itlP50()),
            highest(a.itlP99(), b.itlP99()),
            goodput(a, b),
            a.limited() || b.limited()),
        all);
  }

  private static double mean(double a, double b, double shareOfA) {
    return a * shareOfA + b * (1 - shareOfA);
  }

  private static @Nullable Double highest(@Nullable Double a, @Nullable Double b) {
    return a == null ? b : b == null ? a : (Double) Math.max(a, b);
  }

  /** By what ended in each. */
  private static @Nullable Double goodput(LiveSecond a, LiveSecond b) {
    Double of = a.goodput();
    Double and = b.goodput();
    long ended = a.completed() + a.failed();
    long both = ended + b.completed() + b.failed();
    return of == null || and == null || both == 0
        ? (of == null ? and : of)
        : (Double) mean(of, and, (double) ended / both);
  }

  Map<String, @Nullable Object> members() {
    LiveSecond s = figures;
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("second", s.second());
    members.put("span_s", seconds);
    members.put("phase", s.phase());
    members.put("users", s.users());
    members.put("in_flight", rounded(s.inFlight()));
    members.put("completed", s.completed());
    members.put("failed", s.failed());
    members.put("output_tps", rounded(s.outputTps()));
    members.put("ttft_p50", rounded(s.ttftP50()));
    members.put("ttft_p99", rounded(s.ttftP99()));
    members.put("itl_p50", rounded(s.itlP50()));
    members.put("itl_p99", rounded(s.itlP99()));
    members.put("goodput", rounded(s.goodput()));
    members.put("limited", s.limited());
    return members;
  }

  /** To four decimals: more would be half of what is sent. Null for what is no number. */
  static @Nullable Double rounded(@Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? null
        : (Double) (Math.round(value * 1e4) / 1e4);
  }
}
