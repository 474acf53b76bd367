package dev.candor.report.console;

import dev.candor.analysis.LimitReason;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as lines of a log: every five seconds of its first minute, then twice a minute, after ten
 * minutes once a minute. <b>For one thread.</b>
 */
final class LiveLog {
  private final PrintStream out;
  private final Set<LimitReason> limits = EnumSet.noneOf(LimitReason.class);
  private double nextS = 5;

  LiveLog(PrintStream out) {
    this.out = out;
  }

  /** Writes a line if it is time. */
  void update(LiveSnapshot snapshot) {
    // A line tells of all that was since the one before it.
    limits.addAll(snapshot.limits());
    if (snapshot.elapsedS() >= nextS) {
      nextS = next(snapshot.elapsedS());
      out.println(line(snapshot));
      out.flush();
      limits.clear();
    }
  }

  private static double next(double elapsedS) {
    int every = elapsedS < 59 ? 5 : elapsedS < 599 ? 30 : 60;
    return (Math.floor((elapsedS + 0.25) / every) + 1) * every;
  }

  private String line(LiveSnapshot s) {
    return "%s%s %s users=%d in_flight=%d completed=%d failed=%d ttft_p50=%s ttft_p99=%s itl_p50=%s itl_p99=%s tok/s=%.0f%s%s%s%s"
        .formatted(
            LiveTime.text(s.elapsedS()),
            s.totalS() > 0 ? "/" + LiveTime.text(s.totalS()) : "",
            s.phase(),
            s.users(),
            s.inFlight(),
            s.completed(),
            s.failed(),
            ms(s.ttftP50()),
            ms(s.ttftP99()),
            ms(s.itlP50()),
            ms(s.itlP99()),
            s.outputTps(),
            s.goodput() == null
                ? ""
                : String.format(Locale.ROOT, " goodput=%.1f%%", s.goodput() * 100),
            s.spent() == null ? "" : " spent=" + s.spent().replace(' ', '_'),
            s.errors().isEmpty() ? "" : " errors=" + s.errors(),
            limits.isEmpty() ? "" : " CLIENT-LIMITED: " + LimitReason.words(limits));
  }

  private static String ms(@Nullable Double value) {
    return value == null ? "–" : Figures.ms(value);
  }
}
