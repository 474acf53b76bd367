package dev.candor.app.doctor;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where {@code candor doctor --save} keeps its limit, and runs find it. */
public final class LimitFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path path;

  LimitFile(Path path) {
    this.path = path;
  }

  /**
   * {@code $XDG_CONFIG_HOME/candor/doctor.json}, by default under {@code ~/.config}.
   *
   * @param environment the value of a variable, null where it is not set
   */
  public static LimitFile of(Function<String, @Nullable String> environment) {
    String configured = environment.apply("XDG_CONFIG_HOME");
    Path home =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configured);
    return new LimitFile(home.resolve("candor").resolve("doctor.json"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Keeps {@code limit} in place of what was there. */
  public void save(TrustedLimit limit) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, JSON.writeValueAsString(limit) + "\n");
    } catch (IOException e) {
      throw CandorException.user("--save: cannot write %s: %s".formatted(path, e.getMessage()));
    }
  }

  /** What was kept, if it was found on a machine like {@code facts}; a damaged file is none. */
  public Optional<TrustedLimit> read(MachineFacts facts) {
    try {
      TrustedLimit limit = JSON.readValue(Files.readString(path), TrustedLimit.class);
      return Optional.of(limit).filter(kept -> kept.holdsFor(facts));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }
}
