package dev.candor.app.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code candor doctor} prints for a person. */
public final class DoctorText {
  public static final String HEAD =
      """
      streams   tokens/s   TTFT off by: p50    p99  p99.9   ITL off by: p50    p99  p99.9   sent late  CPU
                                        (ms)                            (ms)                p99 (ms)\
      """;

  private DoctorText() {}

  /** A machine's settings, a line each. */
  public static String settings(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
              switch (finding.severity()) {
                case OK -> "  ok    ";
                case WARNING -> "  look  ";
                case ERROR -> "  bad   ";
              })
          .append(finding.text())
          .append('\n');
    }
    return text.toString();
  }

  /** A level, in the columns of {@link #HEAD}. */
  public static String row(DoctorStep step) {
    return String.format(
        Locale.ROOT,
        "%7d %10.0f %17.2f %6.2f %6.2f %17.2f %6.2f %6.2f %11.2f %3.0f%%  %s",
        step.streams(),
        step.tokensPerSecond(),
        step.ttft().p50(),
        step.ttft().p99(),
        step.ttft().p999(),
        step.itl().p50(),
        step.itl().p99(),
        step.itl().p999(),
        step.sendLatenessP99Ms(),
        step.cpu() * 100,
        verdict(step));
  }

  private static String verdict(DoctorStep step) {
    String result = step.result().name().toLowerCase(Locale.ROOT);
    String limited =
        step.limitedSeconds() > 0
            ? " (client-limited %d of %d s)".formatted(step.limitedSeconds(), step.seconds())
            : "";
    return step.why().isEmpty() ? result + limited : result + ": " + step.why() + limited;
  }

  /** The sum of it, in a sentence. */
  public static String conclusion(DoctorPlan plan, List<DoctorStep> steps) {
    Optional<DoctorStep> highest = Doctor.highest(steps);
    if (highest.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "The figures did not hold within %.1f ms even at %d streams: find out what else this machine is doing.",
          plan.withinMs(),
          steps.getFirst().streams());
    }
    DoctorStep best = highest.get();
    boolean tried = steps.size() > steps.indexOf(best) + 1;
    return String.format(
        Locale.ROOT,
        "On this machine, with %d event loop%s and the mock beside them, the figures hold within %.1f ms (TTFT and ITL, p99) up to %s%,d streams, %,.0f tokens/s.",
        plan.loops(),
        plan.loops() == 1 ? "" : "s",
        plan.withinMs(),
        tried ? "" : "at least ",
        best.streams(),
        best.tokensPerSecond());
  }
}
