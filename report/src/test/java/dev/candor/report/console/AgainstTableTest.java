package dev.candor.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AgainstTableTest {
  private static Against.Figure figure(
      String key,
      @Nullable Double measured,
      @Nullable Double predicted,
      @Nullable Double error,
      @Nullable Boolean inside) {
    Metric metric =
        Metric.ALL.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
    return new Against.Figure(metric, measured, predicted, error, inside);
  }

  private static Against.Pair phase(String name) {
    return new Against.Pair(
        name,
        List.of(
            figure("ttft.mean", 31.1, 29.3, -0.058, null),
            figure("ttft.p50", 31.0, 29.3, -0.055, false),
            figure("itl.p50", 7.2, 7.1, -0.014, true),
            figure("e2e.p99", null, 489.0, null, null),
            figure("output_tps", 1943.0, 1951.0, 0.004, null),
            figure("hit_rate", 0.5, 0.25, -0.25, null)));
  }

  @Test
  void twoPhases_areInEightyColumns() {
    Against against =
        new Against(
            "runs/real",
            "runs/simulated",
            List.of("the measured run is INVALID: its figures are the client's, not the server's"),
            List.of("load, measured: - {name: a, rate: 5.0/s, arrivals: poisson, for: 10s}"),
            List.of(phase("a"), phase("b")),
            List.of("c"),
            List.of(),
            null,
            Map.of("ttft.mean", 0.058, "hit_rate", 0.25));
    String table = AgainstTable.of(against);
    assertThat(new ArrayList<>(table.lines().toList()))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
        .contains(
            "measured:  runs/real",
            "phase c: measured alone",
            "  ttft mean             31.1ms      29.3ms    -5.8 %",
            "       p50              31.0ms      29.3ms    -5.5 %  no",
            "       p50              7.20ms      7.10ms    -1.4 %  yes",
            "       p99                 n/a       489ms       n/a",
            "  output tok/s           1,943       1,951    +0.4 %",
            "  cache hit rate        50.0 %      25.0 %  -25.0 pt",
            "mean absolute error over 2 phases: ttft.mean 5.8 %, hit_rate 25.0 pt");
    assertThat(table).startsWith("measured:").contains("warning: the measured run is INVALID");
  }
}
