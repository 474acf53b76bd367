package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Confidence;
import dev.candor.scenario.Threshold.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThresholdsFileTest {
  /** A mix of two classes, a warm-up and two measured steps. */
  private static final String PARTS =
      """
      workload:
        mix: [{name: chat, share: 80%, input: 100, output: 50}, {name: batch, share: 20%, input: 1000, output: 50}]
      load:
      - {name: heat, users: 5, for: 5s, warmup: true}
      - {name: hold-5, users: 5, for: 10s}
      - {name: "hold, 10", users: 10, for: 10s}
      """;

  @TempDir Path temp;

  private Scenario read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private Threshold only(String yaml) throws IOException {
    return read(PARTS + yaml).thresholds().getFirst();
  }

  @Test
  void read_braces_saysThePartAndHowSure() throws IOException {
    Threshold read = only("thresholds: ['ttft.p99{phase=hold-5, class=chat, confident} < 0.5s']");
    assertThat(read.metric()).isEqualTo("ttft");
    assertThat(read.statistic()).isEqualTo("p99");
    assertThat(read.bound()).isEqualTo(500);
    assertThat(read.scope()).isEqualTo(new Scope("hold-5", "chat"));
    assertThat(read.confidence()).isEqualTo(Confidence.HOLDS);
  }

  @Test
  void read_mapping_isTheSameAsBraces_andReadBackTheSame() throws IOException {
    Scenario scenario =
        read(
            PARTS
                + """
                thresholds:
                - {expr: "goodput >= 99%", phase: "hold, 10", confident: missed}
                - {expr: ttft.p99 < 500ms, class: batch, confident: true}
                - {expr: failed <= 0, confident: false}
                """);
    assertThat(scenario.thresholds().get(0).scope()).isEqualTo(new Scope("hold, 10", null));
    assertThat(scenario.thresholds().get(0).confidence()).isEqualTo(Confidence.MISSED);
    assertThat(scenario.thresholds().get(1).scope()).isEqualTo(new Scope(null, "batch"));
    assertThat(scenario.thresholds().get(1).confidence()).isEqualTo(Confidence.HOLDS);
    assertThat(scenario.thresholds().get(2).expression()).isEqualTo("failed <= 0");
    List<Threshold> back = read(ResolvedYaml.write(scenario)).thresholds();
    assertThat(back).isEqualTo(scenario.thresholds());
  }

  @Test
  void read_money_takesASignOrACode() throws IOException {
    for (String bound : List.of("$0.01", "0.01 USD", "0.01")) {
      Threshold read = only("thresholds: ['cost.per_request.p95 < %s']".formatted(bound));
      assertThat(read.metric()).isEqualTo("cost.per_request.p95");
      assertThat(read.bound()).as(bound).isEqualTo(0.01);
    }
  }

  @Test
  void read_olderName_isThePlacesName() throws IOException {
    Map<String, String> names = Threshold.OLDER_NAMES;
    assertThat(names).hasSize(3);
    for (Map.Entry<String, String> each : names.entrySet()) {
      Threshold read = only("thresholds: ['%s < 1']".formatted(each.getKey()));
      assertThat(read.metric()).isEqualTo(each.getValue());
      assertThat(Threshold.FIGURES).contains(each.getValue());
    }
  }

  @Test
  void read_phaseOfASweep_isKnownLater() throws IOException {
    Scenario scenario =
        read("{slo: chat, sweep: {users: 1..4}, thresholds: ['ttft.p99{phase=hold} < 1s']}");
    assertThat(scenario.thresholds().getFirst().scope().phase()).isEqualTo("hold");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['cost.per_reqest.p95 < 1'] | there is no metric 'cost.per_reqest.p95'; did you mean 'cost.per_request.p95'?",
        "['goodputt > 1'] | there is no metric 'goodputt'; did you mean 'goodput'?",
        "['failed.p99 < 1'] | failed is one figure and has no .p99",
        "['ttft < 1s'] | ttft needs a statistic, such as ttft.p99",
        "['ttft.p42 < 1s'] | ttft needs a statistic, such as ttft.p99",
        "['ttft.p99 < -1s'] | '-1s'",
        "['cost.total < -1'] | found '-1', must be a number of at least 0",
        "['ttft.p99{phase=hold-6} < 1s'] | there is no phase 'hold-6'; did you mean 'hold-5'?",
        "['ttft.p99{phase=heat} < 1s'] | heat is a warm-up, which is not measured",
        "['ttft.p99{class=chad} < 1s'] | there is no class 'chad'; did you mean 'chat'?",
        "['ttft.p99{phases=hold-5} < 1s'] | there is no 'phases' in braces; did you mean 'phase'?",
        "['ttft.p99{phase} < 1s'] | phase is of nothing; must be like {phase=NAME}",
        "['ttft.p99{hold-5} < 1s'] | found {hold-5}, must be like {phase=hold, class=chat, confident}",
        "['ttft.p99{confident=perhaps} < 1s'] | found confident=perhaps, must be true",
        "['ttft.mean{confident} < 1s'] | confident needs a figure with an interval",
        "['output_tps{confident} > 10'] | confident needs a figure with an interval",
        "['drift{class=chat} < 1'] | drift is a figure of the whole run",
        "[{phase: hold-5}] | a threshold needs expr",
        "[{expr: 'ttft.p99{class=chat} < 1s', phase: hold-5}] | names its part in braces",
        "[{expr: ttft.p99 < 1s, phas: hold-5}] | unknown key 'phas'; did you mean 'phase'?",
        "ttft.p99 < 1s | must be a list such as",
      })
  void read_mistake_isNamed(String thresholds, String message) {
    assertThatThrownBy(() -> read(PARTS + "thresholds: " + thresholds))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message);
  }

  @Test
  void read_bracesInASweepsCondition_areRefused() {
    assertThatThrownBy(() -> read("{sweep: {users: 1..4, while: ['ttft.p99{confident} < 1s']}}"))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("leave the braces out");
  }
}
