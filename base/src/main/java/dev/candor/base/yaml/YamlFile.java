package dev.candor.base.yaml;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML (and so JSON) text as values that know their place. */
public final class YamlFile {
  private static final long LARGEST = 1 << 20;

  private YamlFile() {}

  /**
   * What a file is for, in messages.
   *
   * @param noun with its article: {@code a scenario}
   * @param example a line that would be right
   */
  public record Purpose(String noun, String example) {}

  /**
   * Reads a file of at most 1 MiB whose root is a mapping.
   *
   * @throws CandorException where it cannot be read or is not YAML; keys given twice go to {@code
   *     problems}
   */
  public static Value read(Path file, Purpose purpose, Problems problems) {
    return parse(file.toString(), text(file, purpose), purpose, problems);
  }

  /** As {@link #read}, from text; {@code name} stands for the file in messages. */
  public static Value parse(String name, String text, Purpose purpose, Problems problems) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(name)
              // Repeated keys are ours to report, with those of the rest.
              .setAllowDuplicateKeys(true)
              .setMaxAliasesForCollections(50)
              .build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw CandorException.user(
            "%s: is empty; %s needs at least a line such as '%s'"
                .formatted(name, purpose.noun(), purpose.example()));
      }
      Value value = Value.of(name, "", root.get(), problems);
      if (value.map() == null) {
        throw CandorException.user(
            "%s: found %s, must be a mapping such as '%s'"
                .formatted(value.where(), Section.kind(value), purpose.example()));
      }
      return value;
    } catch (MarkedYamlEngineException e) {
      String where = Value.place(name, e.getProblemMark());
      String problem = String.valueOf(e.getProblem());
      throw CandorException.user(
          where
              + ": "
              + (problem.contains("'\\t(TAB)'") || problem.contains("\\t")
                  ? "a tab is not allowed as indentation in YAML; use spaces"
                  : "is not YAML: " + problem));
    } catch (YamlEngineException e) {
      throw CandorException.user("%s: is not YAML: %s".formatted(name, e.getMessage()));
    }
  }

  private static String text(Path file, Purpose purpose) {
    try {
      if (!Files.isRegularFile(file)) {
        throw CandorException.user(
            "%s: there is no such file; name %s (YAML)".formatted(file, purpose.noun()));
      }
      if (Files.size(file) > LARGEST) {
        throw CandorException.user(
            "%s: has %d bytes, %s has at most %d"
                .formatted(file, Files.size(file), purpose.noun(), LARGEST));
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
}
