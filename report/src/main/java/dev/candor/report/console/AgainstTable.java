package dev.candor.report.console;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A prediction beside what was measured, in 80 columns. */
public final class AgainstTable {
  private static final int WIDTH = 80;
  private static final List<String> LATENCIES = List.of("ttft", "itl", "e2e");
  private static final List<String> STATISTICS = List.of("mean", "p50", "p90", "p99");

  private final StringBuilder text = new StringBuilder();

  private AgainstTable() {}

  public static String of(Against against) {
    AgainstTable table = new AgainstTable();
    table.write(against);
    return table.text.toString();
  }

  private void write(Against against) {
    line("measured:  " + against.measured());
    line("predicted: " + against.predicted());
    against.warnings().forEach(warning -> wrapped("warning: ", warning));
    if (!against.differences().isEmpty()) {
      line("what the two scenarios ask for differs:");
      against.differences().forEach(difference -> wrapped("  ", difference));
    }
    against.onlyMeasured().forEach(name -> line("phase " + name + ": measured alone"));
    against.onlyPredicted().forEach(name -> line("phase " + name + ": simulated alone"));
    against.phases().forEach(this::phase);
    Against.Pair overall = against.overall();
    if (overall != null && against.phases().size() > 1) {
      phase(overall);
    }
    means(against);
  }

  private void phase(Against.Pair phase) {
    Map<String, Against.Figure> figures =
        phase.figures().stream()
            .collect(Collectors.toMap(figure -> figure.metric().key(), Function.identity()));
    line("");
    line(phase.name());
    line("                      measured   predicted     error  in its 95 % interval");
    for (String latency : LATENCIES) {
      for (String statistic : STATISTICS) {
        figure(
            (statistic.equals("mean") ? "%-5s".formatted(latency) : "     ") + statistic,
            figures.get(latency + "." + statistic));
      }
    }
    figure("requests/s", figures.get("requests"));
    figure("output tok/s", figures.get("output_tps"));
    figure("goodput", figures.get("goodput"));
    figure("cache hit rate", figures.get("hit_rate"));
  }

  private void figure(String label, Against.@Nullable Figure figure) {
    if (figure == null || (figure.measured() == null && figure.predicted() == null)) {
      return;
    }
    Boolean inside = figure.inside();
    line(
        "  %-15s %12s %11s %9s  %s"
            .formatted(
                label,
                value(figure.metric().kind(), figure.measured()),
                value(figure.metric().kind(), figure.predicted()),
                error(figure.metric().kind(), figure.error()),
                inside == null ? "" : inside ? "yes" : "no")
            .stripTrailing());
  }

  private void means(Against against) {
    if (against.phases().size() < 2) {
      return;
    }
    line("");
    wrapped(
        "mean absolute error over %d phases: ".formatted(against.phases().size()),
        Metric.ALL.stream()
            .filter(metric -> against.meanErrors().containsKey(metric.key()))
            .map(
                metric ->
                    metric.key()
                        + " "
                        + error(metric.kind(), against.meanErrors().get(metric.key()))
                            .replace("+", ""))
            .collect(Collectors.joining(", ")));
  }

  private static String value(Metric.Kind kind, @Nullable Double value) {
    if (value == null) {
      return "n/a";
    }
    return switch (kind) {
      case TIME -> Quantities.nanos(value * 1e6);
      case RATE -> Quantities.count(value);
      case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
    };
  }

  private static String error(Metric.Kind kind, @Nullable Double error) {
    if (error == null) {
      return "n/a";
    }
    return switch (kind) {
      case TIME, RATE -> String.format(Locale.ROOT, "%+.1f %%", 100 * error);
      case SHARE -> String.format(Locale.ROOT, "%+.1f pt", 100 * error);
    };
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void wrapped(String head, String body) {
    StringBuilder line = new StringBuilder(head);
    int indent = Math.min(head.length(), 4);
    for (String word : body.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > indent + 1) {
        line(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(indent));
      }
      line.append(word).append(' ');
    }
    line(line.toString().stripTrailing());
  }
}
