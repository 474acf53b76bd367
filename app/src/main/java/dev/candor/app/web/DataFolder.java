package dev.candor.app.web;

import dev.candor.app.web.http.Refusal;
import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the dashboard shows. Names from outside are resolved here alone.
 *
 * @param root without symbolic links in it
 */
record DataFolder(Path root) {
  /** Not hidden, no way to another folder, nothing that a terminal or a page would read. */
  private static final Pattern NAME =
      Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,200}");

  /**
   * The folder {@code path}.
   *
   * @throws CandorException where there is none
   */
  static DataFolder of(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        throw CandorException.user(
            "--data: there is no directory %s; name the one in which runs/ is".formatted(path));
      }
      return new DataFolder(path.toRealPath());
    } catch (IOException e) {
      throw CandorException.user("--data: %s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /** Runs that {@code candor run} makes where it is started in the data folder. */
  Path runs() {
    return root.resolve("runs");
  }

  Path scenarios() {
    return root.resolve("scenarios");
  }

  /** What the dashboard keeps of runs that it has started. */
  Path started() {
    return root.resolve("started");
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * What {@code names}, parted by slashes, is in {@code folder}; null where nothing is there, or it
   * is outside of the data folder.
   */
  @Nullable Path find(Path folder, String names) {
    for (String name : names.split("/", -1)) {
      if (!isName(name)) {
        return null;
      }
    }
    try {
      return inside(folder.resolve(names));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * {@code path} with its links resolved; null where it is not there, or leads out of the folder.
   */
  @Nullable Path inside(Path path) {
    try {
      Path real = path.toRealPath();
      return real.startsWith(root) ? real : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Says that there is no {@code what}, be it outside or nowhere. */
  static Refusal nothing(String what) {
    return Refusal.notFound("there is no such " + what + " in the data folder");
  }
}
