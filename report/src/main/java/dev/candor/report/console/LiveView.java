package dev.candor.report.console;

import dev.candor.analysis.LimitReason;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it lasts: in place on a terminal, a plain line every five seconds elsewhere.
 * <b>For one thread.</b>
 */
public final class LiveView {
  private static final double PLAIN_EVERY_S = 5;
  private static final int BAR = 24;

  private final PrintStream out;
  private final boolean interactive;
  private final int width;
  private int linesShown;
  private double nextPlainS = PLAIN_EVERY_S;

  /**
   * @param interactive whether {@code out} is a terminal that knows cursor movements
   * @param width columns, at least 40
   */
  public LiveView(PrintStream out, boolean interactive, int width) {
    this.out = out;
    this.interactive = interactive;
    this.width = width;
  }

  public void update(LiveSnapshot snapshot) {
    if (interactive) {
      erase();
      show(snapshot);
    } else if (snapshot.elapsedS() >= nextPlainS) {
      nextPlainS = snapshot.elapsedS() + PLAIN_EVERY_S - 0.25;
      out.println(plain(snapshot));
      out.flush();
    }
  }

  /** The run is over: clears what was shown in place. */
  public void finish() {
    erase();
    out.flush();
  }

  private void erase() {
    if (linesShown > 0) {
      out.print("\u001b[" + linesShown + "A\u001b[J");
      linesShown = 0;
    }
  }

  private void show(LiveSnapshot s) {
    double share = Math.clamp(s.elapsedS() / Math.max(0.1, s.totalS()), 0, 1);
    int full = (int) Math.round(share * BAR);
    line(
        s.totalS() > 0
            ? "[%s%s] %s / %s  %s"
                .formatted(
                    "#".repeat(full),
                    "-".repeat(BAR - full),
                    time(s.elapsedS()),
                    time(s.totalS()),
                    s.phase())
            : "%s  %s".formatted(time(s.elapsedS()), s.phase()));
    line(
        "users %d  in flight %d  completed %d  failed %d%s"
            .formatted(s.users(), s.inFlight(), s.completed(), s.failed(), errors(s)));
    line(
        "TTFT p50 %s p99 %s  ITL p50 %s p99 %s  %.0f tok/s%s%s"
            .formatted(
                ms(s.ttftP50()),
                ms(s.ttftP99()),
                ms(s.itlP50()),
                ms(s.itlP99()),
                s.outputTps(),
                goodput(s),
                s.spent() == null ? "" : "  spent " + s.spent()));
    if (!s.limits().isEmpty()) {
      line("! the last seconds' figures are the client's own: " + LimitReason.words(s.limits()));
    }
    out.flush();
  }

  private void line(String text) {
    out.println(text.length() > width ? text.substring(0, width - 1) + "…" : text);
    linesShown++;
  }

  private static String plain(LiveSnapshot s) {
    return "%s%s %s users=%d in_flight=%d completed=%d failed=%d ttft_p50=%s ttft_p99=%s itl_p50=%s itl_p99=%s tok/s=%.0f%s%s%s%s"
        .formatted(
            time(s.elapsedS()),
            s.totalS() > 0 ? "/" + time(s.totalS()) : "",
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
            s.limits().isEmpty() ? "" : " CLIENT-LIMITED: " + LimitReason.words(s.limits()));
  }

  private static String errors(LiveSnapshot s) {
    return s.errors().isEmpty() ? "" : " " + s.errors();
  }

  private static String goodput(LiveSnapshot s) {
    return s.goodput() == null
        ? ""
        : String.format(Locale.ROOT, "  goodput %.1f %%", s.goodput() * 100);
  }

  private static String time(double seconds) {
    return seconds < 120
        ? Math.round(seconds) + "s"
        : "%dm%02ds".formatted((long) seconds / 60, (long) seconds % 60);
  }

  private static String ms(@Nullable Double value) {
    return value == null ? "–" : Figures.ms(value);
  }
}
