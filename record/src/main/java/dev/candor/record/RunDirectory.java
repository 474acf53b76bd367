package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    if (directory.isUnfinished()) {
      throw CandorException.user(
          "%s is not the directory of a finished run: either it still lasts (candor report --follow shows it) or its process died (candor report makes it readable)"
              .formatted(path));
    }
    if (!Files.isRegularFile(directory.runJson())) {
      throw CandorException.user(
          "%s is not the directory of a run: it has neither run.json nor .run.json"
              .formatted(path));
    }
    return directory;
  }

  /**
   * A directory of a run that can go on, or be read, though its process died.
   *
   * @throws CandorException where {@code path} is none
   */
  public static RunDirectory left(Path path) {
    RunDirectory directory = new RunDirectory(path);
    if (Files.isRegularFile(directory.checkpoint())) {
      return directory;
    }
    throw CandorException.user(
        Files.isRegularFile(directory.runJson())
            ? "%s: the run is complete, there is nothing to go on with".formatted(path)
            : "%s is not the directory of a run: it has neither run.json nor .run.json"
                .formatted(path));
  }

  /** Whether it is of a run that lasts, or did until its process died. */
  public boolean isUnfinished() {
    return !Files.isRegularFile(runJson()) && Files.isRegularFile(checkpoint());
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

  /** The run on one page of Markdown. */
  public Path summaryMarkdown() {
    return path.resolve("summary.md");
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

  /** The client's seconds while the run lasts. */
  Path clientLog() {
    return path.resolve(".run.client");
  }

  /** What the server tells of itself while the run lasts. */
  Path serverLog() {
    return path.resolve(".run.server");
  }

  /** How far the run is, every minute. */
  Path checkpoint() {
    return path.resolve(".run.json");
  }

  /** Held by the process that carries the run out. */
  Path lock() {
    return path.resolve(".run.lock");
  }

  /** Of a run's end alone. */
  Path database() {
    return path.resolve(".run.duckdb");
  }

  /** What is gone when the run is whole. */
  List<Path> logs() {
    return List.of(attemptLog(), clientLog(), serverLog(), checkpoint());
  }
}
