package dev.candor.corpus.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone when it is closed, or when the program is told to end before that. */
final class Scratch implements AutoCloseable {
  private final Path path;
  private final Thread atExit;

  /** Makes it beside {@code file}, on whose disk there has to be room anyway. */
  Scratch(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    this.path = Files.createTempDirectory(folder, "." + file.getFileName() + ".import-");
    this.atExit = new Thread(this::delete, "scratch");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  Path path() {
    return path;
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      // A folder begins with a dot and says in its name what it was.
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program ends.
    }
  }
}
