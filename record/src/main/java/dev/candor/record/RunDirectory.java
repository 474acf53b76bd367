package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One run's directory and the names in it. */
public record RunDirectory(Path path) {

  /**
   * Makes it, parents included.
   *
   * @throws CandorException where it cannot be made, cannot be written to, or is not empty
   */
  public static RunDirectory create(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw CandorException.user(
          "--out: %s is a file; name a directory that is empty or does not exist".formatted(path));
    }
    try {
      Files.createDirectories(path);
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw CandorException.user(
              "--out: %s is not empty; name a directory that is empty or does not exist"
                  .formatted(path));
        }
      }
      Path probe = path.resolve(".probe");
      Files.writeString(probe, "x");
      Files.delete(probe);
    } catch (IOException e) {
      throw CandorException.user(
          "--out: cannot write to %s (%s); name a directory that you may write to"
              .formatted(path, e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
    return new RunDirectory(path);
  }

  /**
   * A directory that a run has left.
   *
   * @throws CandorException where {@code path} is none
   */
  public static RunDirectory existing(Path path) {
    RunDirectory directory = new RunDirectory(path);
    if (!Files.isRegularFile(directory.runJson())) {
      throw CandorException.user(
          "%s is not the directory of a finished run: it has no run.json".formatted(path));
    }
    return directory;
  }

  public Path scenarioYaml() {
    return path.resolve("scenario.yaml");
  }

  public Path summaryJson() {
    return path.resolve("summary.json");
  }

  /** The run as a whole: its phases, machine and notes. */
  public Path runJson() {
    return path.resolve("run.json");
  }

  public Path attemptsParquet() {
    return path.resolve("attempts.parquet");
  }

  public Path windowsParquet() {
    return path.resolve("windows.parquet");
  }

  /** The client's own health, a row a second. */
  public Path clientParquet() {
    return path.resolve("client.parquet");
  }

  /** What the server told of itself; there is none where it told nothing. */
  public Path serverParquet() {
    return path.resolve("server.parquet");
  }

  public Path reportHtml() {
    return path.resolve("report.html");
  }

  public Path junitXml() {
    return path.resolve("junit.xml");
  }

  /** Prometheus's alert rules; there is none where no signal was ahead of trouble. */
  public Path alertsYaml() {
    return path.resolve("alerts.yaml");
  }

  /** What happened, for people. */
  public Path log() {
    return path.resolve("candor.log");
  }

  /** What unfinished attempts have told, beyond what memory is for; gone once it is closed. */
  public Path spill() {
    return path.resolve(".run.spill");
  }

  /** The attempts while the run lasts. */
  Path attemptLog() {
    return path.resolve(".run.attempts");
  }

  Path database() {
    return path.resolve(".run.duckdb");
  }
}
