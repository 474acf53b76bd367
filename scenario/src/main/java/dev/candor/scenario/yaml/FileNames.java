package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The files that a scenario names.
 *
 * @param folder what relative names count from
 * @param needed whether a file must be there: not for a scenario that was run long ago
 */
record FileNames(Path folder, boolean needed) {

  /** Those that count from the folder of {@code file}. */
  static FileNames beside(Path file, boolean needed) {
    Path folder = file.toAbsolutePath().getParent();
    return new FileNames(folder == null ? Path.of("") : folder, needed);
  }

  /** The file {@code text} names; it may not exist yet. */
  Path any(String text) {
    return folder.resolve(path(text));
  }

  /** The file {@code text} names, which must be there to be read. */
  Path existing(String text) {
    Path file = any(text);
    if (needed && !Files.isRegularFile(file)) {
      throw CandorException.user("there is no file %s".formatted(file));
    }
    return file;
  }

  /** The directory {@code text} names, which must be there to be read. */
  Path existingDirectory(String text) {
    Path directory = any(text);
    if (needed && !Files.isDirectory(directory)) {
      throw CandorException.user("there is no directory %s".formatted(directory));
    }
    return directory;
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw CandorException.user("'%s' is not a path".formatted(text));
    }
  }
}
