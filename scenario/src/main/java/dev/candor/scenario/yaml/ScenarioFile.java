package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads scenarios, from a file, from flags, or from both; flags win. */
public final class ScenarioFile {
  private static final long LARGEST = 1 << 20;

  /** Comes from examples/ into the jar. */
  private static final String QUICKSTART = "quickstart.yaml";

  private ScenarioFile() {}

  /**
   * Reads {@code file}.
   *
   * @param environment the value of a variable, null where it is not set
   * @throws CandorException with every mistake found, a line each, with file, line, column and key
   */
  public static Scenario read(
      Path file, Overrides overrides, Function<String, @Nullable String> environment) {
    return read(file, overrides, environment, true);
  }

  /**
   * Reads the scenario that a finished run left: without secrets, and whether or not its files of
   * prompts are still there.
   */
  public static Scenario readRecorded(Path file) {
    return read(file, Overrides.NONE, variable -> "", false);
  }

  private static Scenario read(
      Path file,
      Overrides overrides,
      Function<String, @Nullable String> environment,
      boolean filesNeeded) {
    String text = text(file);
    Problems problems = new Problems();
    Value root = parse(file, text, problems);
    Path folder = file.toAbsolutePath().getParent();
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return build(
        root,
        name,
        new FileNames(folder == null ? Path.of("") : folder, filesNeeded),
        overrides,
        environment,
        problems);
  }

  /** A scenario from flags alone; with no target among them, the quickstart against the mock. */
  public static Scenario fromFlags(
      Overrides overrides, Function<String, @Nullable String> environment) {
    Problems problems = new Problems();
    FileNames files = new FileNames(Path.of(""), true);
    if (overrides.url() != null) {
      return build(null, "run", files, overrides, environment, problems);
    }
    Value root = parse(Path.of(QUICKSTART), quickstart(), problems);
    return build(root, "quickstart", files, overrides, environment, problems);
  }

  private static String quickstart() {
    try (InputStream in =
        Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(QUICKSTART))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario build(
      @Nullable Value root,
      String name,
      FileNames files,
      Overrides overrides,
      Function<String, @Nullable String> environment,
      Problems problems) {
    Scenario scenario =
        new ScenarioReader(files, overrides, environment, problems).read(root, name);
    problems.throwIfAny();
    return scenario;
  }

  private static String text(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw CandorException.user(
            "%s: there is no such file; name a scenario (YAML)".formatted(file));
      }
      if (Files.size(file) > LARGEST) {
        throw CandorException.user(
            "%s: has %d bytes, a scenario has at most %d"
                .formatted(file, Files.size(file), LARGEST));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw CandorException.user("%s: is not UTF-8 text".formatted(file));
    } catch (IOException e) {
      throw CandorException.user("%s: cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static Value parse(Path file, String text, Problems problems) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file.toString())
              // Repeated keys are ours to report, with those of the rest.
              .setAllowDuplicateKeys(true)
              .setMaxAliasesForCollections(50)
              .build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw CandorException.user(
            "%s: is empty; a scenario needs at least a load, such as 'load: [{users: 10, for: 30s}]'"
                .formatted(file));
      }
      Value value = Value.of(file.toString(), "", root.get(), problems);
      if (value.map() == null) {
        throw CandorException.user(
            "%s: found %s, must be a mapping such as 'name: my-test'"
                .formatted(value.where(), Section.kind(value)));
      }
      return value;
    } catch (MarkedYamlEngineException e) {
      String where = Value.place(file.toString(), e.getProblemMark());
      String problem = String.valueOf(e.getProblem());
      throw CandorException.user(
          where
              + ": "
              + (problem.contains("'\\t(TAB)'") || problem.contains("\\t")
                  ? "a tab is not allowed as indentation in YAML; use spaces"
                  : "is not YAML: " + problem));
    } catch (YamlEngineException e) {
      throw CandorException.user("%s: is not YAML: %s".formatted(file, e.getMessage()));
    }
  }
}
