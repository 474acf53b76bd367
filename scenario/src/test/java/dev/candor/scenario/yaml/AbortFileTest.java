package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Abort;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AbortFileTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;

  private Scenario read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  @Test
  void read_everything_isResolved_andReadBackTheSame() throws IOException {
    Scenario scenario =
        read(
            """
            slo: chat
            prices: {input: 0.5, output: 1.5}
            abort: {failed: 25%, goodput: 0.2, cost: 4.5, client_limited: 10s, over: 1m}
            """);
    assertThat(scenario.abort()).isEqualTo(new Abort(0.25, 0.2, 4.5, 10 * SECOND, 60 * SECOND));
    assertThat(read(ResolvedYaml.write(scenario)).abort()).isEqualTo(scenario.abort());
  }

  @Test
  void read_oneRule_leavesTheOthersOut() throws IOException {
    Scenario scenario = read("abort: {failed: 50%}");
    assertThat(scenario.abort())
        .isEqualTo(new Abort(0.5, null, null, null, Abort.DEFAULT_OVER_NANOS));
    assertThat(read(ResolvedYaml.write(scenario)).abort()).isEqualTo(scenario.abort());
  }

  @Test
  void read_nothing_neverEndsARun() throws IOException {
    assertThat(read("name: plain").abort()).isEqualTo(Abort.NEVER);
    assertThat(ResolvedYaml.write(read("name: plain"))).doesNotContain("abort");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abort: {failled: 50%} | unknown key 'failled'; did you mean 'failed'?",
        "abort: 50% | abort: found '50%', must be a mapping with [failed, goodput,",
        "abort: {failed: half} | abort.failed: found 'half', must be a share such as 0.05 or 5%",
        "abort: {failed: 100%} | abort.failed: found 100%, which can never be exceeded",
        "abort: {failed: 150%} | abort.failed: found 150%, must be a share from 0 to 1",
        "{slo: chat, abort: {goodput: 0%}} | abort.goodput: found 0%, which goodput can never be below",
        "abort: {goodput: 20%} | abort.goodput: needs targets that a request can miss: slo is not given",
        "abort: {cost: 5} | abort.cost: needs prices of tokens: prices is not given",
        "{prices: {input: 1}, abort: {cost: -5}} | abort.cost: found -5, must be an amount above 0",
        "{prices: {input: 1}, abort: {cost: 0}} | abort.cost: found 0, must be an amount above 0",
        "{prices: {input: 1}, abort: {cost: NaN}} | abort.cost: found 'NaN', must be a number",
        "abort: {client_limited: 500ms} | abort.client_limited: found 500ms, must be at least 1s",
        "abort: {client_limited: 10} | abort.client_limited: '10' is not a duration",
        "abort: {failed: 50%, over: 0s} | abort.over: found 0s, must be at least 1s",
        "abort: {failed: 50%, over: 2h} | abort.over: found 2h, must be at most 1h",
      })
  void read_mistake_isNamed(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("test.yaml");
  }
}
