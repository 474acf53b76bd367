package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.Api;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads scenarios, from a file, from flags, or from both; flags win. */
public final class ScenarioFile {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a scenario", "load: [{users: 10, for: 30s}]");

  /** Comes from examples/ into the jar. */
  private static final String QUICKSTART = "quickstart.yaml";

  private static final String SWEEP = "sweep.yaml";

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
   * Reads {@code file}, whose relative names of files count from another folder than its own.
   *
   * @throws CandorException as {@link #read}
   */
  public static Scenario read(
      Path file, Path folder, Overrides overrides, Function<String, @Nullable String> environment) {
    Problems problems = new Problems();
    Value root = YamlFile.read(file, PURPOSE, problems);
    return build(root, name(file), new FileNames(folder, true), overrides, environment, problems);
  }

  /**
   * Reads {@code text}, as it would be read from a file.
   *
   * @param file its name, for messages and for a scenario that has no other name
   * @param folder what relative names of files count from
   * @param within a folder, its links resolved, that no file may lie out of
   * @throws CandorException as {@link #read}; also where it names a file elsewhere
   */
  public static Scenario parse(
      Path file,
      String text,
      Path folder,
      Path within,
      Overrides overrides,
      Function<String, @Nullable String> environment) {
    Problems problems = new Problems();
    Value root = YamlFile.parse(String.valueOf(file.getFileName()), text, PURPOSE, problems);
    return build(
        root, name(file), new FileNames(folder, true, within), overrides, environment, problems);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }

  /**
   * Reads the scenario that a finished run left: without secrets, and whether or not its files of
   * prompts are still there.
   */
  public static Scenario readRecorded(Path file) {
    return read(file, Overrides.NONE, variable -> "", false);
  }

  /**
   * The same, with thresholds beside its own.
   *
   * @throws CandorException where one of them is wrong
   */
  public static Scenario readRecorded(Path file, List<String> thresholds) {
    return read(file, Overrides.NONE.withThresholds(thresholds), variable -> "", false);
  }

  /**
   * Reads the scenario of a run that is to go on.
   *
   * @param recorded as the run has kept it, without secrets
   * @param original the file that it was run from, for its secrets; null: there were none
   * @throws CandorException where a secret is missing, or as {@link #read}
   */
  public static Scenario readToResume(
      Path recorded, @Nullable Path original, Function<String, @Nullable String> environment) {
    Scenario run = read(recorded, Overrides.NONE, environment, true);
    if (original != null) {
      run = Secrets.fill(run, read(original, Overrides.NONE, environment));
    }
    List<String> missing = Secrets.missing(run);
    if (!missing.isEmpty()) {
      throw CandorException.user(
          "--resume: the run does not keep secrets, and had %s; name the scenario that it was run from behind it, which is then read for them"
              .formatted(String.join(", ", missing)));
    }
    return run;
  }

  private static Scenario read(
      Path file,
      Overrides overrides,
      Function<String, @Nullable String> environment,
      boolean filesNeeded) {
    Problems problems = new Problems();
    Value root = YamlFile.read(file, PURPOSE, problems);
    return build(
        root, name(file), FileNames.beside(file, filesNeeded), overrides, environment, problems);
  }

  /** A scenario from flags alone; with no target among them, the quickstart against the mock. */
  public static Scenario fromFlags(
      Overrides overrides, Function<String, @Nullable String> environment) {
    Problems problems = new Problems();
    FileNames files = new FileNames(Path.of(""), true);
    if (overrides.url() != null) {
      return build(null, "run", files, overrides, environment, problems);
    }
    boolean tokens = !Api.OPENAI_EMBEDDINGS.key().equals(overrides.api());
    String text = tokens ? quickstart() : withoutGoals(quickstart());
    Value root = YamlFile.parse(QUICKSTART, text, PURPOSE, problems);
    return build(root, "quickstart", files, overrides, environment, problems);
  }

  /** A sweep from flags alone; with no target among them, the example against the mock. */
  public static Scenario sweepFromFlags(
      Overrides overrides, Function<String, @Nullable String> environment) {
    if (overrides.url() != null) {
      return fromFlags(overrides, environment);
    }
    Problems problems = new Problems();
    Value root = YamlFile.parse(SWEEP, example(SWEEP), PURPOSE, problems);
    FileNames files = new FileNames(Path.of(""), true);
    return build(root, "sweep", files, overrides, environment, problems);
  }

  private static String quickstart() {
    return example(QUICKSTART);
  }

  private static String example(String name) {
    try (InputStream in = Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The goals are of tokens, of which an answer of embeddings has none. */
  private static String withoutGoals(String quickstart) {
    return quickstart
        .lines()
        .filter(line -> !line.startsWith("slo:") && !line.startsWith("thresholds:"))
        .collect(Collectors.joining("\n"));
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
}
