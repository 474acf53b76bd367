package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor prices}: what is known, since when, and from where. */
final class PricesCommandTest {
  @Test
  void list_hasEachModelWithItsDay() {
    Invocation list = Invocation.of("prices");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output().lines())
        .hasSizeGreaterThan(40)
        .anyMatch(line -> line.matches("gpt-4o +2\\.5 +1\\.25 +2\\.5 +10 +2025-07-04"));
  }

  @Test
  void model_byAnAlias_namesTheSource() {
    Invocation one = Invocation.of("prices", "claude-haiku-4-5-20251001");
    assertThat(one.exitCode()).isZero();
    assertThat(one.output())
        .contains("model           claude-haiku-4-5\n")
        .contains("cache_write     1.25\n")
        .contains("batch_discount  0.5\n")
        .contains("source          https://");
  }

  @Test
  void json_isForMachines() {
    JsonNode one =
        JsonMapper.shared().readTree(Invocation.of("prices", "gpt-4o", "--json").output());
    assertThat(one.path("cached_input").asDouble()).isEqualTo(1.25);
    JsonNode all = JsonMapper.shared().readTree(Invocation.of("prices", "--json").output());
    assertThat(all.path("models")).hasSizeGreaterThan(40);
  }

  @Test
  void unknownModel_isAnsweredWithTheNearest() {
    Invocation wrong = Invocation.of("prices", "gpt-4oo");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.error()).contains("no model 'gpt-4oo'; did you mean 'gpt-4o'?");
  }
}
