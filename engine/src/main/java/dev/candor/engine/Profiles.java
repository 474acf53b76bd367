package dev.candor.engine;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.engine.roofline.EstimateName;
import dev.candor.engine.roofline.EstimateYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The profiles that Candor brings, those that it estimates by name (docs/profiles.md), and those in
 * files. docs/engine.md has their keys.
 */
public final class Profiles {
  private static final List<String> NAMES =
      List.of("a100-llama3-8b", "h100-llama3-8b", "h100x4-llama3-70b", "hosted-api", "tiny");
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a profile", "step: {base: 7ms}");

  private Profiles() {}

  /** Of those that are built in. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A built-in profile, or else the file of that path, which ends in {@code .yaml} or {@code .yml},
   * or else an estimate of that name.
   *
   * @throws CandorException where there is none, or with every mistake in it, a line each
   */
  public static Profile named(String nameOrPath) {
    Problems problems = new Problems();
    if (NAMES.contains(nameOrPath)) {
      String file = nameOrPath + ".yaml";
      return ProfileReader.read(
          nameOrPath, YamlFile.parse(file, resource(file), PURPOSE, problems), problems);
    }
    if (!nameOrPath.matches(".*\\.ya?ml")) {
      return parse(nameOrPath, estimate(nameOrPath));
    }
    Path path = Path.of(nameOrPath);
    Value file = YamlFile.read(path, PURPOSE, problems);
    String name = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
    return ProfileReader.read(name, file, problems);
  }

  /** As {@link #named} reads a file, from its text; {@code name} stands for it in messages. */
  public static Profile parse(String name, String text) {
    Problems problems = new Problems();
    return ProfileReader.read(name, YamlFile.parse(name, text, PURPOSE, problems), problems);
  }

  /**
   * The text of a profile that is built in or estimated, its sources and arithmetic in comments.
   *
   * @throws CandorException where there is none of that name
   */
  public static String text(String name) {
    return NAMES.contains(name) ? resource(name + ".yaml") : estimate(name);
  }

  private static String estimate(String name) {
    return EstimateName.parse(name)
        .map(parsed -> EstimateYaml.of(parsed.roofline(), List.of()))
        .orElseThrow(() -> unknown(name));
  }

  private static CandorException unknown(String name) {
    List<String> known = new ArrayList<>(NAMES);
    known.addAll(EstimateName.grid());
    String suggestion = Suggestion.of(name, known);
    return CandorException.user(
        "there is no profile '%s'; %s (a file of your own ends in .yaml)"
            .formatted(
                name,
                suggestion.startsWith("known are")
                    ? "candor profile list shows all, known are "
                        + String.join(", ", NAMES)
                        + " and estimates such as h100-qwen3-14b"
                    : suggestion));
  }

  private static String resource(String file) {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + file)) {
      if (in == null) {
        throw new CandorException(ErrorCode.INTERNAL, "the profile " + file + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.INTERNAL, "the profile " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
