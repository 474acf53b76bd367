package dev.candor.scenario;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is left behind.
 *
 * @param directory the run's directory, null: {@code runs/<time>-<name>}
 */
public record Output(@Nullable Path directory) {
  public static final Output DEFAULT = new Output(null);
}
