package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor estimate}, and runs that are too dear to start unasked. */
final class EstimateCommandTest {
  @TempDir Path temp;

  @Test
  void ofAnExample_rangesAndBasis_asTextAndJson() {
    Invocation text = Invocation.of("estimate", "../examples/quickstart.yaml");
    assertThat(text.exitCode()).as(text.error()).isEqualTo(ExitCode.OK);
    assertThat(text.output())
        .containsPattern("requests +\\d+ +\\d+ +\\d+\n")
        .containsPattern("cost +\\$\\S+ +\\$\\S+ +\\$\\S+\n")
        .contains("where the ranges come from", "the run was simulated with its own profile");
    Invocation json = Invocation.of("estimate", "../examples/quickstart.yaml", "--json");
    JsonNode told = JsonMapper.shared().readTree(json.output());
    assertThat(told.at("/requests/low").asDouble()).isPositive();
    assertThat(told.at("/requests/high").asDouble())
        .isGreaterThanOrEqualTo(told.at("/requests/likely").asDouble());
    assertThat(told.get("currency").stringValue()).isEqualTo("USD");
  }

  @Test
  void dearRun_nobodyToAsk_exit2_beforeAnyRequest() throws IOException {
    // A name that is reserved: were a request made, it would find nobody.
    Path file =
        Files.writeString(
            temp.resolve("dear.yaml"),
            """
            target: {url: "https://llm.invalid/v1", model: large}
            workload: {mix: [{input: 10000, output: 500}]}
            load: [{rate: 10/s, for: 10m}]
            prices: {input: 3, output: 15}
            """);
    Invocation run = Invocation.of("run", file.toString(), "--out", temp.resolve("run").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error())
        .contains(
            "this run against https://llm.invalid/v1 (large) takes about $",
            "name --yes to start it, or a higher --ask-above");
    assertThat(temp.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "estimate --ttft 2s..1s | --ttft: found '2s..1s', must be one time or two that rise",
        "estimate --itl soon | --itl: 'soon' is not a duration",
        "run --users 1 --for 1s --ask-above much | --ask-above: found 'much'",
        "estimate nowhere.yaml | nowhere.yaml: there is no such file",
      })
  void mistake_exit2_namesIt(String command, String said) {
    Invocation invocation = Invocation.of(command.split(" "));
    assertThat(invocation.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(invocation.error()).contains(said).doesNotContain("\tat ");
  }
}
