package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of a run that is to go on. */
final class SecretsTest {
  private static final Function<String, @Nullable String> ENVIRONMENT =
      Map.of("KEY", "sk-123", "TOKEN", "t-456")::get;

  @TempDir Path temp;

  private Path original(String target) throws IOException {
    return Files.writeString(
        temp.resolve("original.yaml"),
        """
        target: {url: "http://127.0.0.1:9/v1", %s}
        workload: {mix: [{name: chat, share: 1, input: 10, output: 10}]}
        load: [{users: 1, for: 10s}]
        """
            .formatted(target));
  }

  private Path recorded(Path original) throws IOException {
    Scenario scenario = ScenarioFile.read(original, Overrides.NONE, ENVIRONMENT);
    return Files.writeString(temp.resolve("scenario.yaml"), ResolvedYaml.write(scenario));
  }

  @Test
  void readToResume_withoutSecrets_needsNoOriginal() throws IOException {
    Path original = original("model: m");
    Scenario again = ScenarioFile.readToResume(recorded(original), null, ENVIRONMENT);
    assertThat(again.withTarget(again.target()))
        .isEqualTo(ScenarioFile.readToResume(recorded(original), original, ENVIRONMENT));
  }

  @Test
  void readToResume_missingSecrets_areNamed_andTakenFromTheOriginal() throws IOException {
    Path original = original("api_key: \"${KEY}\", headers: {X-Team: \"a ${TOKEN}\"}");
    Path recorded = recorded(original);
    assertThat(Files.readString(recorded)).doesNotContain("sk-123").doesNotContain("t-456");
    assertThatThrownBy(() -> ScenarioFile.readToResume(recorded, null, ENVIRONMENT))
        .hasMessageContaining("target.api_key, target.headers.X-Team");
    Scenario again = ScenarioFile.readToResume(recorded, original, ENVIRONMENT);
    assertThat(again.target().apiKey()).isEqualTo("sk-123");
    assertThat(again.target().headers()).containsEntry("X-Team", "a t-456");
    assertThatThrownBy(() -> ScenarioFile.readToResume(recorded, original, name -> null))
        .hasMessageContaining("environment variable KEY is not set");
  }

  @Test
  void readToResume_anotherTarget_isRefused() throws IOException {
    Path recorded = recorded(original("api_key: \"${KEY}\""));
    Path other = original("api_key: \"${KEY}\", api: anthropic-messages");
    assertThatThrownBy(() -> ScenarioFile.readToResume(recorded, other, ENVIRONMENT))
        .hasMessageContaining("the run's target was")
        .hasMessageContaining("anthropic-messages");
  }
}
