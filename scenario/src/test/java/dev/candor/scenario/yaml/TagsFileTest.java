package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TagsFileTest {
  @TempDir Path temp;

  private Scenario read(String tags) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("tags.yaml"), "tags: %s\nload: [{users: 1, for: 1s}]\n".formatted(tags));
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  @Test
  void tags_oneOrMany_areReadAndWrittenBack() throws IOException {
    assertThat(read("nightly").tags()).containsExactly("nightly");
    Scenario many = read("[nightly, gpu-a, nightly]");
    assertThat(many.tags()).containsExactly("nightly", "gpu-a");
    Path again = Files.writeString(temp.resolve("again.yaml"), ResolvedYaml.write(many));
    assertThat(ScenarioFile.readRecorded(again).tags()).isEqualTo(many.tags());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'[a, \"\"]'; tags[1]: found ''",
        "'\"a,b\"'; tags: found 'a,b', must be a word such as nightly",
        "'[{a: 1}]'; tags[0]: found a mapping",
        "'{a: 1}'; tags: found a mapping"
      })
  void tags_thatAreNoWords_areNamed(String tags, String message) {
    assertThatThrownBy(() -> read(tags)).hasMessageContaining(message);
  }
}
