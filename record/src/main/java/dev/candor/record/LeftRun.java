package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run whose process died, as it left it.
 *
 * @param checkpoint the last one
 * @param logged what the logs hold beyond it
 */
public record LeftRun(RunDirectory directory, Checkpoint checkpoint, Logged logged) {
  private static final long SECOND = 1_000_000_000;

  /** Requests so many seconds before the end tell how many may have begun and not been recorded. */
  private static final int SECONDS_FOR_RATE = 5;

  private static final int LEAST_LEFT_OUT = 100;

  /**
   * What is in the logs of a run.
   *
   * @param lastNanos the last instant of the run that is known of
   * @param inFlight attempts in flight in the last second, null where no second is known
   * @param attempts recorded
   * @param highestRequest number of a request, -1 without one
   * @param highestSessions by phase
   * @param beginnings attempts that were intended in the last seconds
   * @param tornBytes at the end of the attempts' log that are none
   */
  public record Logged(
      long lastNanos,
      @Nullable Double inFlight,
      long attempts,
      long highestRequest,
      Map<Integer, Long> highestSessions,
      long beginnings,
      long attemptBytes,
      long clientBytes,
      long serverBytes,
      long tornBytes) {}

  /**
   * Reads what is left in {@code directory}, in which no process may be at work any more.
   *
   * @throws CandorException where that is nothing, or damaged
   */
  public static LeftRun read(RunDirectory directory) {
    Checkpoint checkpoint = readCheckpoint(directory);
    try {
      LeftRun left = new LeftRun(directory, checkpoint, readLogs(directory));
      if (left.logged.lastNanos() <= 0 || left.cut().phases().isEmpty()) {
        throw CandorException.user(
            "%s: the run's process ended before its first second was over; nothing was recorded"
                .formatted(directory.path()));
      }
      return left;
    } catch (IOException | JacksonException e) {
      throw unreadable(directory, e);
    }
  }

  static CandorException unreadable(RunDirectory directory, Exception e) {
    String what =
        e instanceof NoSuchFileException ? "there is no " + e.getMessage() : e.getMessage();
    return CandorException.user(
        "the records in %s cannot be read: %s".formatted(directory.path(), what));
  }

  /** The last checkpoint in {@code directory}. */
  public static Checkpoint readCheckpoint(RunDirectory directory) {
    Path file = directory.checkpoint();
    if (!Files.isRegularFile(file)) {
      throw CandorException.user(
          "%s is not the directory of a run: it has neither run.json nor .run.json"
              .formatted(directory.path()));
    }
    try {
      return JsonMapper.shared().readValue(file.toFile(), Checkpoint.class);
    } catch (JacksonException e) {
      throw CandorException.user("%s is damaged: %s".formatted(file, e.getOriginalMessage()));
    }
  }

  private static Logged readLogs(RunDirectory directory) throws IOException {
    Totals totals = new Totals();
    try (JsonTail<HealthWindow> client = new JsonTail<>(directory.clientLog(), HealthWindow.class);
        JsonTail<ServerSample> server = new JsonTail<>(directory.serverLog(), ServerSample.class);
        AttemptTail attempts = new AttemptTail(directory.attemptLog())) {
      client.read(totals::add);
      server.read(ignored -> {});
      attempts.read(totals::add);
      return new Logged(
          totals.lastNanos,
          totals.inFlight,
          totals.attempts,
          totals.highestRequest,
          Map.copyOf(totals.highestSessions),
          totals.beginnings(),
          attempts.position(),
          client.position(),
          server.position(),
          attempts.rest());
    }
  }

  private static final class Totals {
    final Map<Integer, Long> highestSessions = new TreeMap<>();
    final TreeMap<Long, Long> beginnings = new TreeMap<>();
    @Nullable Double inFlight;
    long lastNanos;
    long attempts;
    long highestRequest = -1;

    void add(HealthWindow window) {
      lastNanos = Math.max(lastNanos, (window.second() + 1) * SECOND);
      inFlight = window.inFlight();
    }

    void add(AttemptRecord attempt) {
      attempts++;
      lastNanos = Math.max(lastNanos, attempt.end());
      highestRequest = Math.max(highestRequest, attempt.request());
      highestSessions.merge(attempt.phase(), attempt.session(), Math::max);
      beginnings.merge(attempt.intended() / SECOND, 1L, Long::sum);
      if (beginnings.size() > 2 * SECONDS_FOR_RATE) {
        beginnings.pollFirstEntry();
      }
    }

    long beginnings() {
      return beginnings.tailMap(lastNanos / SECOND - SECONDS_FOR_RATE).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  private RunInfo cut() {
    return checkpoint.run().until(logged.lastNanos(), checkpoint.planned());
  }

  /**
   * The run, ended where its records end.
   *
   * @param sweep whether it is one, even where no step of it has begun: none can be resumed
   */
  public RunInfo info(boolean sweep) {
    RunInfo run = cut();
    List<String> notes = new ArrayList<>(run.notes());
    notes.add(
        "the run's process ended without a report; these are its records until %s s after its start, and %s"
            .formatted(
                seconds(logged.lastNanos()),
                sweep || checkpoint.ofSweep()
                    ? "a sweep cannot be resumed"
                    : "candor run --resume goes on from there"));
    notes.addAll(losses());
    return run.ended(true, notes);
  }

  /** What is not known of it, in sentences. */
  public List<String> losses() {
    List<String> losses = new ArrayList<>();
    Double inFlight = logged.inFlight();
    if (inFlight != null && Math.round(inFlight) > 0) {
      losses.add(
          "about %d requests were in flight when the run's process ended; of them, and of those that ended in its last second, nothing is known"
              .formatted(Math.round(inFlight)));
    }
    if (logged.tornBytes() > 0) {
      losses.add(
          "the last %d bytes of the attempts' log are not whole and were left out"
              .formatted(logged.tornBytes()));
    }
    return losses;
  }

  /**
   * How many numbers beyond the highest recorded one may have been used by requests that were begun
   * and not recorded: none of them is to be used again.
   */
  public long unrecorded() {
    Double inFlight = logged.inFlight();
    return LEAST_LEFT_OUT
        + logged.beginnings()
        + 2 * (inFlight == null ? 0 : (long) Math.ceil(inFlight));
  }

  /**
   * Makes the directory one of a finished run; the logs stay, so that it can still be resumed.
   *
   * @param sweep whether it is one, which cannot
   */
  public void recover(boolean sweep) {
    try {
      RunTables.writeAttempts(directory, logged.attemptBytes());
      RunTables.write(directory, info(sweep));
    } catch (SQLException | IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
  }
}
