package dev.candor.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.history.CataloguedRun.Figure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class SummaryFiguresTest {

  @Test
  void of_summary_hasTheNamesOfThresholds_andLeavesOutWhatIsUnknown() {
    String phase =
        """
        {"name": "hold", "requests": {"intended": 4, "completed": 3, "failed": 1, "outcomes": {"x": 7}},
         "rates": {"requests": 2.5, "output_tps": 100}, "retry_amplification": 1.0,
         "latency": {"ttft": {"count": 9, "p50": 12.5, "p99": null, "ci95": {"p50": [1, 2]}}},
         "goodput": {"ratio": 0.75}, "cost": {"currency": "USD", "total": 2, "per_request": {"p95": 0.5}},
         "cache": {"hit_rate": null}}
        """;
    assertThat(
            SummaryFigures.of(
                JsonMapper.shared().readTree("{\"phases\": [" + phase + "], \"overall\": {}}")))
        .containsExactlyInAnyOrder(
            new Figure("hold", "ttft.p50", 12.5),
            new Figure("hold", "completed", 3),
            new Figure("hold", "failed", 1),
            new Figure("hold", "failed_ratio", 0.25),
            new Figure("hold", "requests", 2.5),
            new Figure("hold", "output_tps", 100),
            new Figure("hold", "goodput", 0.75),
            new Figure("hold", "retry_amplification", 1),
            new Figure("hold", "cost.total", 2),
            new Figure("hold", "cost.per_request.p95", 0.5));
  }
}
