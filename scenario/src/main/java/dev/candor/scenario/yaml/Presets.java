package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Ready-made workloads, each a file in the scenario's own notation. */
final class Presets {
  static final List<String> NAMES = List.of("chat", "rag", "code-completion", "summarise", "agent");

  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a preset", "mix: [{input: 100}]");

  private Presets() {}

  /**
   * The workload of the preset {@code name}.
   *
   * @throws CandorException where there is none
   */
  static Section open(String name, Problems problems) {
    if (!NAMES.contains(name)) {
      throw CandorException.user(
          "there is no preset '%s'; %s".formatted(name, Suggestion.of(name, NAMES)));
    }
    return new Section(
        YamlFile.parse("presets/" + name + ".yaml", text(name), PURPOSE, problems),
        problems,
        Keys.PRESET);
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Presets.class.getResourceAsStream("presets/" + name + ".yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
