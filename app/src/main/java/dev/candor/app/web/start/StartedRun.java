package dev.candor.app.web.start;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept of a run that was started here, in a folder of the run's name.
 *
 * @param scenario its name
 * @param begun on the calendar
 * @param pid of its process
 * @param processStart of the process, in milliseconds since 1970 as the system tells it: another
 *     process may get the number later; 0: not known
 * @param stopped whether it was told to end
 */
public record StartedRun(
    String id, String scenario, Instant begun, long pid, long processStart, boolean stopped) {
  private static final String FILE = "process.json";
  private static final String OUTPUT = "output.log";
  private static final int MOST_SAID = 4_000;

  /** Reads what is kept in {@code folder}; null where nothing is. */
  static @Nullable StartedRun read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return Files.isRegularFile(file)
          ? JsonMapper.shared().readValue(file.toFile(), StartedRun.class)
          : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  void write(Path folder) {
    try {
      Path fresh = folder.resolve(FILE + ".new");
      Files.writeString(fresh, JsonMapper.shared().writeValueAsString(this));
      Files.move(
          fresh,
          folder.resolve(FILE),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Its process, where it is still that one. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> processStart != 0 && start(process) == processStart);
  }

  static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Where its process writes to. */
  static Path output(Path folder) {
    return folder.resolve(OUTPUT);
  }

  /** The last that its process has said. */
  static String said(Path folder) {
    try (RandomAccessFile file = new RandomAccessFile(output(folder).toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MOST_SAID));
      byte[] last = new byte[(int) Math.min(MOST_SAID, file.length())];
      int read = file.read(last);
      return read <= 0 ? "" : new String(last, 0, read, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  StartedRun asStopped() {
    return new StartedRun(id, scenario, begun, pid, processStart, true);
  }
}
