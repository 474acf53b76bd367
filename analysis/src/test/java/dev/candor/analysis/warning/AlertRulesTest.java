package dev.candor.analysis.warning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.analysis.warning.EarlyWarning.Trouble;
import dev.candor.scenario.MockSettings.MetricNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class AlertRulesTest {
  private static Row row(Signal signal, double good, double level, double lead) {
    Lead each = new Lead(lead, lead);
    return new Row(signal, good, level, 10.0, 1, each, each, null, signal.between(good, level));
  }

  private static EarlyWarning warning(Row... rows) {
    return Advice.of(List.of(new Trouble("ramp", 0, 20.0, 20, null)), List.of(rows));
  }

  private static EarlyWarning all() {
    return warning(
        Arrays.stream(Signal.values())
            .map(signal -> row(signal, 0.5, 2, 30 - signal.words().length()))
            .toArray(Row[]::new));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules(
      EarlyWarning warning, String scenario, @Nullable MetricNames names) {
    String text = Objects.requireNonNull(AlertRules.text(warning, scenario, names));
    Map<String, Object> root =
        (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    List<Map<String, Object>> groups =
        (List<Map<String, Object>>) Objects.requireNonNull(root.get("groups"));
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst()).containsEntry("name", "candor-early-warning");
    return (List<Map<String, Object>>) Objects.requireNonNull(groups.getFirst().get("rules"));
  }

  @Test
  void text_hasARuleForEachSignal_theBestFirst() {
    List<Map<String, Object>> rules = rules(all(), "all: of 'them'\nalert: x", MetricNames.VLLM);
    assertThat(rules).hasSize(Signal.values().length);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
              assertThat(rule.get("alert")).asString().matches("[A-Z][A-Za-z0-9]+");
              assertThat(rule.get("for")).asString().matches("\\d+s");
              assertThat(rule.get("expr")).asString().matches(".*\\) > [0-9.]+");
              String expr = String.valueOf(rule.get("expr"));
              assertThat(expr.chars().filter(c -> c == '(').count())
                  .isEqualTo(expr.chars().filter(c -> c == ')').count());
            });
    assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    assertThat(rules.getFirst().get("labels")).isEqualTo(Map.of("severity", "page"));
    assertThat(rules.subList(1, rules.size()))
        .allMatch(rule -> Map.of("severity", "info").equals(rule.get("labels")));
  }

  @Test
  void text_namesAreTheServers() {
    EarlyWarning kv = warning(row(Signal.KV_USAGE, 0.6, 0.9, 15));
    assertThat(rules(kv, "s", MetricNames.VLLM).getFirst())
        .containsEntry("expr", "max by (model_name) (vllm:kv_cache_usage_perc) > 0.75")
        .containsEntry("for", "5s");
    assertThat(rules(kv, "s", MetricNames.SGLANG).getFirst())
        .containsEntry("expr", "max by (model_name) (sglang:token_usage) > 0.75");
    assertThat(rules(kv, "s", null).getFirst())
        .containsEntry(
            "expr",
            "max by (model_name) (vllm:kv_cache_usage_perc or vllm:gpu_cache_usage_perc or sglang:token_usage) > 0.75");
  }

  @Test
  void text_latenciesAreInSeconds_ofHistograms() {
    EarlyWarning ttft = warning(row(Signal.TTFT_P90, 100, 300, 5));
    assertThat(rules(ttft, "s", MetricNames.VLLM).getFirst())
        .containsEntry(
            "expr",
            "histogram_quantile(0.9, sum by (model_name, le) (rate(vllm:time_to_first_token_seconds_bucket[1m]))) > 0.2");
  }

  @Test
  void text_signalsThatCameAfter_haveNoRule() {
    EarlyWarning late = warning(row(Signal.KV_USAGE, 0.6, 0.9, 15), row(Signal.WAITING, 0, 5, -1));
    assertThat(rules(late, "s", null)).hasSize(1);
  }
}
