package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that a scenario names.
 *
 * @param folder what relative names count from
 * @param needed whether a file must be there: not for a scenario that was run long ago
 * @param within a folder, its links resolved, out of which none may lie; null: they may be anywhere
 */
record FileNames(Path folder, boolean needed, @Nullable Path within) {

  /** Those that may be anywhere. */
  FileNames(Path folder, boolean needed) {
    this(folder, needed, null);
  }

  /** Those that count from the folder of {@code file}. */
  static FileNames beside(Path file, boolean needed) {
    Path folder = file.toAbsolutePath().getParent();
    return new FileNames(folder == null ? Path.of("") : folder, needed);
  }

  /** The file {@code text} names; it may not exist yet. */
  Path any(String text) {
    return inside(folder.resolve(path(text)));
  }

  /** The file {@code text} names, which the run writes; it counts from where the run is started. */
  Path written(String text) {
    return inside(path(text));
  }

  private Path inside(Path file) {
    if (within != null && !real(file.toAbsolutePath().normalize()).startsWith(within)) {
      throw CandorException.user(
          "found %s, which is outside of %s; a scenario that is started from the dashboard may name files in its data folder alone"
              .formatted(file, within));
    }
    return file;
  }

  /** With links resolved, of as much of it as is there. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      Path parent = file.getParent();
      Path name = file.getFileName();
      return parent == null || name == null ? file : real(parent).resolve(name);
    }
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
