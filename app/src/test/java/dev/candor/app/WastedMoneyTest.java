package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wasted, to the token and the cent, by what the mock has truly sent. */
final class WastedMoneyTest {
  @TempDir Path temp;

  private JsonNode overall(String api, String fault, int seed) throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("cut.yaml"),
            """
            seed: %d
            target:
              api: %s
              mock:
                ttft: 20ms
                itl: 2ms
                output_tokens: 20
                truth: '%s'
                faults: [{fault: %s, after: 10, share: 20%%}]
            workload: {mix: [{name: chat, input: 'uniform(20, 60)', output: 20}]}
            load: [{users: 20, for: 2s}]
            prices: {input: 2, output: 8, request: 0.001}
            """
                .formatted(seed, api, temp.resolve("truth.jsonl"), fault));
    Path out = temp.resolve("out");
    Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString(), "--quiet");
    assertThat(out.resolve("run.json")).as(run.error()).exists();
    return JsonMapper.shared().readTree(out.resolve("summary.json").toFile()).path("overall");
  }

  @ParameterizedTest
  @CsvSource({
    "openai-chat, disconnect",
    "anthropic-messages, disconnect",
    "openai-chat, truncate",
    "openai-responses, error-frame"
  })
  void aFifthCutHalfWay_wastesWhatTheMockHasSentOfThem(String api, String fault)
      throws IOException {
    JsonNode overall = overall(api, fault, 5);
    long attempts = 0;
    long input = 0;
    long output = 0;
    long allInput = 0;
    long allOutput = 0;
    long all = 0;
    for (String line : Files.readAllLines(temp.resolve("truth.jsonl"))) {
      JsonNode truth = JsonMapper.shared().readTree(line);
      if (!truth.has("request")) {
        // The mock's own lateness, where it was late.
        continue;
      }
      all++;
      allInput += truth.path("prompt_tokens").asLong();
      allOutput += truth.path("output_tokens").asLong();
      if (!truth.path("complete").asBoolean()) {
        attempts++;
        input += truth.path("prompt_tokens").asLong();
        output += truth.path("output_tokens").asLong();
      }
    }
    assertThat(attempts).isGreaterThan(20);
    assertThat((double) attempts / all).isEqualTo(0.2, within(0.1));
    assertThat(output).isEqualTo(10 * attempts);
    JsonNode tokens = overall.path("tokens");
    assertThat(tokens.path("input").asLong()).isEqualTo(allInput);
    assertThat(tokens.path("output").asLong()).isEqualTo(allOutput);
    assertThat(tokens.path("wasted_input").asLong()).isEqualTo(input);
    assertThat(tokens.path("wasted_output").asLong()).isEqualTo(output);
    assertThat(overall.path("waste")).hasSize(1);
    JsonNode waste = overall.path("waste").get(0);
    assertThat(waste.path("cause").asString())
        .isEqualTo(fault.equals("error-frame") ? "error" : "disconnect");
    assertThat(waste.path("attempts").asLong()).isEqualTo(attempts);
    double money = (2.0 * input + 8.0 * output) / 1e6 + 0.001 * attempts;
    assertThat(waste.path("cost").asDouble()).isEqualTo(money, within(1e-12));
    assertThat(overall.path("cost").path("wasted").asDouble()).isEqualTo(money, within(1e-12));
    assertThat(overall.path("cost").path("total").asDouble())
        .isEqualTo((2.0 * allInput + 8.0 * allOutput) / 1e6 + 0.001 * all, within(1e-11));
  }
}
