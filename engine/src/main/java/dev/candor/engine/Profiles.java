package dev.candor.engine;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The profiles that Candor brings, and those in files. docs/engine.md has their keys. */
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
   * A built-in profile, or else the file of that path, which ends in {@code .yaml} or {@code .yml}.
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
      throw CandorException.user(
          "there is no profile '%s'; %s (a file of your own ends in .yaml)"
              .formatted(nameOrPath, Suggestion.of(nameOrPath, NAMES)));
    }
    Path path = Path.of(nameOrPath);
    Value file = YamlFile.read(path, PURPOSE, problems);
    String name = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
    return ProfileReader.read(name, file, problems);
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
