package dev.candor.app.web.start;

import dev.candor.app.run.RunPlace;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.time.Clock;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were started from the dashboard, this one or one before it. Safe for use by any
 * thread.
 */
public final class StartedRuns {
  /** Each more on the same machine disturbs the others' figures. */
  private static final int MOST_AT_ONCE = 4;

  /** A mistake in the scenario's files shows by then, or the run has begun. */
  private static final long WAIT_SECONDS = 15;

  private static final long LOOK_EVERY_MILLIS = 100;

  private static final int LONGEST_NAME = 80;

  private final Path started;
  private final Path runs;
  private final Function<String, @Nullable String> environment;

  /**
   * @param started the folder in which this is kept
   * @param runs the folder of the runs' directories
   */
  public StartedRuns(Path started, Path runs, Function<String, @Nullable String> environment) {
    this.started = started;
    this.runs = runs;
    this.environment = environment;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** It has begun, or will shortly. */
  public record Begun(String id) implements Result {}

  /** It was not started: whoever wants it must say yes to this first. */
  public record Asked(String question) implements Result {}

  /**
   * Starts {@code draft}, and waits until its process has begun or ended.
   *
   * @param yes to what is asked
   * @throws CandorException where the scenario is wrong, or its process ended at once, with what it
   *     said
   */
  public Result start(Draft draft, List<String> tags, boolean yes) throws InterruptedException {
    Scenario scenario = draft.read(environment);
    for (String tag : tags) {
      if (tag.isBlank() || tag.contains(",")) {
        throw CandorException.user(
            "tags: found '%s', must be words such as nightly".formatted(tag));
      }
    }
    String question = yes ? null : DraftEstimate.question(scenario, environment);
    if (question != null) {
      return new Asked(question);
    }
    String id;
    Process process;
    synchronized (this) {
      if (alive() >= MOST_AT_ONCE) {
        throw CandorException.user(
            "%d runs that were started here are under way; stop one, or wait for its end"
                .formatted(MOST_AT_ONCE));
      }
      id = reserve(scenario);
      process = launch(id, draft, scenario, tags);
    }
    return begun(id, process);
  }

  private long alive() {
    return all().stream().filter(run -> run.process().isPresent()).count();
  }

  private String reserve(Scenario scenario) {
    try {
      Files.createDirectories(started);
      Files.createDirectories(runs);
      String name = RunPlace.name(shortened(scenario.name()), Clock.system().wallTime());
      for (int i = 1; ; i++) {
        String id = i == 1 ? name : name + "-" + i;
        try {
          if (!Files.exists(runs.resolve(id))) {
            Files.createDirectory(started.resolve(id));
            return id;
          }
        } catch (FileAlreadyExistsException e) {
          // Somebody else's.
        }
      }
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write to %s: %s".formatted(started, e.getMessage()), e);
    }
  }

  /** No file may have a name of more than 255 bytes. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private Process launch(String id, Draft draft, Scenario scenario, List<String> tags) {
    Path folder = started.resolve(id);
    Path file = folder.resolve(draft.file());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", file.toString(), "--files-from", draft.folder().toString()));
    arguments.addAll(List.of("--out", runs.resolve(id).toString(), "--yes", "--quiet"));
    tags.forEach(tag -> arguments.add("--tag=" + tag));
    try {
      Files.writeString(file, draft.text());
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write to %s: %s".formatted(file, e.getMessage()), e);
    }
    Process process = RunLauncher.start(arguments, StartedRun.output(folder));
    new StartedRun(
            id,
            scenario.name(),
            Clock.system().wallTime(),
            process.pid(),
            StartedRun.start(process.toHandle()),
            false)
        .write(folder);
    return process;
  }

  private Result begun(String id, Process process) throws InterruptedException {
    long until = Clock.system().nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    boolean ended;
    do {
      ended = process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } while (!ended && !hasDirectory(id) && Clock.system().nanoTime() < until);
    if (ended && !hasDirectory(id)) {
      String said = StartedRun.said(started.resolve(id));
      delete(id);
      throw CandorException.user(
          said.isEmpty()
              ? "the run's process ended at once with exit code " + process.exitValue()
              : said.replaceFirst("^candor: ", ""));
    }
    return new Begun(id);
  }

  private boolean hasDirectory(String id) {
    return Files.isRegularFile(runs.resolve(id).resolve("scenario.yaml"));
  }

  private void delete(String id) {
    try (Stream<Path> files = Files.walk(started.resolve(id))) {
      List<Path> deepest = files.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepest) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // It is shown as a run that did not begin.
    }
  }

  /** All of them. */
  public List<StartedRun> all() {
    List<StartedRun> all = new ArrayList<>();
    try (Stream<Path> folders = Files.list(started)) {
      for (Path folder : folders.toList()) {
        StartedRun run = StartedRun.read(folder);
        if (run != null && run.id().equals(String.valueOf(folder.getFileName()))) {
          all.add(run);
        }
      }
    } catch (IOException e) {
      // There may be none yet.
    }
    return all;
  }

  /** The run of that name, null where none was started here. */
  public @Nullable StartedRun find(String id) {
    StartedRun run = StartedRun.read(started.resolve(id));
    return run != null && run.id().equals(id) ? run : null;
  }

  /** Whether its process is at work. */
  public boolean isAlive(StartedRun run) {
    return run.process().isPresent();
  }

  /** The last that its process has said, for one that has left nothing else. */
  public String said(StartedRun run) {
    return StartedRun.said(started.resolve(run.id()));
  }

  /**
   * Tells its process to end: what was measured is kept and reported. Told twice, it would end
   * without, so that it is told once.
   *
   * @return whether there is such a process
   */
  public synchronized boolean stop(String id) {
    StartedRun run = find(id);
    ProcessHandle process = run == null ? null : run.process().orElse(null);
    if (run == null || process == null) {
      return false;
    }
    if (run.stopped()) {
      return true;
    }
    run.asStopped().write(started.resolve(id));
    return process.destroy();
  }
}
