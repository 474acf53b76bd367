package dev.candor.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The key of the pseudonyms; it is never written or shown.
 *
 * @param kept whether a later run can have it too
 */
@SuppressWarnings("ArrayRecordComponent")
record ScrubKey(byte[] bytes, boolean kept) {
  private static final String VARIABLE = "CANDOR_SCRUB_KEY";
  private static final int LEAST = 16;
  private static final int MOST = 4096;

  /**
   * From {@code file}, else the environment, else drawn.
   *
   * @throws CandorException where it cannot be read or is too short
   */
  static ScrubKey of(@Nullable Path file, Function<String, @Nullable String> environment) {
    String variable = environment.apply(VARIABLE);
    if (file != null) {
      return new ScrubKey(longEnough("--key-file: " + file, read(file)), true);
    }
    if (variable != null) {
      return new ScrubKey(longEnough(VARIABLE, variable.getBytes(UTF_8)), true);
    }
    byte[] drawn = new byte[32];
    new SecureRandom().nextBytes(drawn);
    return new ScrubKey(drawn, false);
  }

  private static byte[] read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw CandorException.user(
            "--key-file: %s: there is no such file; openssl rand -hex 32 makes a key"
                .formatted(file));
      }
      if (Files.size(file) > MOST) {
        throw CandorException.user(
            "--key-file: %s: has %d bytes, a key has at most %d"
                .formatted(file, Files.size(file), MOST));
      }
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
        end--;
      }
      return java.util.Arrays.copyOf(bytes, end);
    } catch (IOException e) {
      throw CandorException.user(
          "--key-file: %s: cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static byte[] longEnough(String where, byte[] key) {
    if (key.length < LEAST) {
      throw CandorException.user(
          "%s: has %d bytes, a key has at least %d; openssl rand -hex 32 makes one"
              .formatted(where, key.length, LEAST));
    }
    return key;
  }
}
