package dev.candor.app.history;

import dev.candor.base.error.CandorException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which file the history is in. */
public final class HistoryPlace {
  /** Names a file, and has every run added to it. */
  public static final String VARIABLE = "CANDOR_HISTORY";

  /** In place of a file: the one that is meant unless another is named. */
  public static final String USUAL = "default";

  private HistoryPlace() {}

  /**
   * The file that a command on the history works on.
   *
   * @param asked by a flag, null where it was not given
   */
  public static Path of(@Nullable String asked, UnaryOperator<@Nullable String> environment) {
    Path named = named(asked, environment);
    return named == null ? usual(environment) : named;
  }

  /** The file that a run is added to, null where nobody asked for it. */
  public static @Nullable Path named(
      @Nullable String asked, UnaryOperator<@Nullable String> environment) {
    String name = asked == null ? environment.apply(VARIABLE) : asked;
    if (name == null || name.isBlank()) {
      if (asked != null) {
        throw CandorException.user("--history: found nothing; name a file, or 'default'");
      }
      return null;
    }
    return name.equals(USUAL) ? usual(environment) : Path.of(name);
  }

  /** As the XDG base directory specification has it. */
  private static Path usual(UnaryOperator<@Nullable String> environment) {
    String data = environment.apply("XDG_DATA_HOME");
    String home = environment.apply("HOME");
    Path place =
        data != null && Path.of(data).isAbsolute()
            ? Path.of(data)
            : Path.of(home == null ? "." : home, ".local", "share");
    return place.resolve("candor").resolve("history.duckdb");
  }
}
