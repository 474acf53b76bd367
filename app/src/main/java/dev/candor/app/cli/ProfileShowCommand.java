package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profile;
import dev.candor.engine.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code candor profile show}. */
@Command(
    name = "show",
    description =
        "Prints a profile as a file of your own, its arithmetic and what it comes to in comments.")
final class ProfileShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PROFILE",
      description = "A name that candor profile list shows, or a file.")
  @Nullable String name;

  @Override
  public Integer call() {
    String wanted = Objects.requireNonNull(name);
    Profile profile = Profiles.named(wanted);
    System.out.print(text(wanted));
    if (profile instanceof EngineProfile engine) {
      System.out.print(ProfileFigures.comments(engine));
    }
    return ExitCode.OK;
  }

  private static String text(String name) {
    if (!name.matches(".*\\.ya?ml")) {
      return Profiles.text(name);
    }
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw CandorException.user("%s: cannot be read: %s".formatted(name, e.getMessage()));
    }
  }
}
