package dev.candor.app.web;

import dev.candor.app.web.http.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios that lie in a data folder. */
record ScenarioFiles(DataFolder data) {
  private static final int MOST = 1_000;
  private static final int DEEPEST = 5;
  private static final long LARGEST = 1 << 20;

  /**
   * One of them.
   *
   * @param name without its ending
   * @param path from the folder of scenarios, with slashes
   */
  record Found(String name, String path) {}

  /** All of them, by path. */
  List<Found> all() {
    Path folder = data.inside(data.scenarios());
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      return files
          .filter(file -> Files.isRegularFile(file) && isScenario(file))
          .filter(file -> data.inside(file) != null)
          .map(file -> folder.relativize(file))
          .filter(ScenarioFiles::isShown)
          .map(file -> new Found(name(file), file.toString().replace('\\', '/')))
          .sorted(Comparator.comparing(Found::path))
          .limit(MOST)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * The text of one.
   *
   * @throws Refusal where it is none
   */
  String text(String path) {
    Path file = data.find(data.scenarios(), path);
    if (file == null || !Files.isRegularFile(file) || !isScenario(file)) {
      throw DataFolder.nothing("scenario");
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new Refusal(413, "the scenario has more than 1 MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Refusal(422, path + ": is not UTF-8 text");
    } catch (IOException e) {
      throw new Refusal(422, path + ": cannot be read");
    }
  }

  /** Whether no part of it is hidden. */
  private static boolean isShown(Path relative) {
    for (Path part : relative) {
      if (!DataFolder.isName(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScenario(Path file) {
    return String.valueOf(file.getFileName()).matches("(?i).*\\.ya?ml");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.ya?ml$", "");
  }
}
