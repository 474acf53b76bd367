package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of docs/retry-storm.md, of which it tells: in virtual time. */
final class RetryStormTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "simulate");

  @TempDir Path temp;

  private JsonNode overall(String name) throws IOException {
    Path out = temp.resolve(name);
    Invocation done =
        Invocation.of(
            "simulate",
            EXAMPLES.resolve(name + ".yaml").toString(),
            "--for",
            "80s",
            "--records",
            "figures",
            "--out",
            out.toString());
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    return JsonMapper.shared()
        .readTree(Files.readString(out.resolve("summary.json")))
        .get("overall");
  }

  private static double amplification(JsonNode overall) {
    return overall.get("retry_amplification").asDouble();
  }

  private static double goodput(JsonNode overall) {
    return overall.at("/goodput/ratio").asDouble();
  }

  private static long refused(JsonNode overall) {
    return overall.at("/attempt_outcomes/rate_limited").asLong();
  }

  private static long wasted(JsonNode overall) {
    return overall.at("/tokens/wasted_input").asLong();
  }

  @Test
  void storm_ofFixedPauses_andNoneOfFullJitter() throws IOException {
    JsonNode none = overall("retry-storm-none");
    JsonNode immediate = overall("retry-storm-immediate");
    JsonNode fixed = overall("retry-storm");
    JsonNode jitter = overall("retry-storm-jitter");
    JsonNode honoured = overall("retry-storm-honoured");

    assertThat(amplification(none)).isEqualTo(1);
    assertThat(refused(immediate)).isEqualTo(10 * refused(none));
    assertThat(amplification(fixed)).isGreaterThan(3).isGreaterThan(2 * amplification(immediate));
    assertThat(amplification(jitter)).isLessThan(1.5).isLessThan(amplification(immediate));
    assertThat(amplification(honoured)).isLessThan(amplification(jitter));
    assertThat(refused(honoured)).isLessThan(refused(jitter));
    assertThat(goodput(fixed)).isLessThan(0.6 * goodput(jitter));
    assertThat(wasted(fixed)).isGreaterThan(20 * wasted(jitter));
    assertThat(jitter.at("/requests/completed").asLong())
        .isEqualTo(jitter.at("/requests/intended").asLong())
        .isGreaterThan(none.at("/requests/completed").asLong());
  }
}
