package dev.candor.app.run;

import dev.candor.analysis.Analysis;
import dev.candor.app.cli.Version;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.AheadFeed;
import dev.candor.load.driver.CoreSharing;
import dev.candor.load.driver.Leavers;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.RecordingSink;
import dev.candor.load.driver.StepFeeds;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.server.ServerScrape;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunWriter;
import dev.candor.record.ServerSample;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Target;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.PromptSources;
import dev.candor.workload.SharedPrefixes;
import dev.candor.workload.arrival.ReplayPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out one scenario: opens everything, lets the load run, closes, and has it judged. */
public final class ScenarioRun {
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LIVE_EVERY_MILLIS = 500;
  private static final String EMBEDDED_MOCK = "embedded mock";

  private final LiveListener live;
  private final List<String> foreseen;
  private final Clock clock = Clock.system();

  /** Once its trace has been read, with the length of each replay. */
  private Scenario scenario;

  private @Nullable ReplayPlan replays;
  private @Nullable RunDirectory directory;

  /**
   * @param live hears of the run twice a second
   */
  public ScenarioRun(Scenario scenario, LiveListener live) {
    this(scenario, live, List.of());
  }

  /**
   * @param foreseen what was said of the run before it, for its notes
   */
  public ScenarioRun(Scenario scenario, LiveListener live, List<String> foreseen) {
    this.scenario = scenario;
    this.live = live;
    this.foreseen = List.copyOf(foreseen);
  }

  /** Event loops that a scenario gets here. */
  public static int loops(Scenario scenario) {
    return RunSize.of(scenario).loops();
  }

  /**
   * Runs it and writes all reports.
   *
   * @throws CandorException where the run could not be carried out
   */
  public Analysis execute() throws InterruptedException {
    Instant now = clock.wallTime();
    // Before the directory: a mistake in a file that the scenario names leaves nothing behind.
    Tokenizer tokenizer = Tokenizers.open(scenario.workload().tokenizer());
    // The salt differs from run to run even where the seed does not: caches outlive runs.
    long nonce = Seed.mixed(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    OpenedSource prompts =
        PromptSources.open(
            scenario.workload(),
            tokenizer,
            new Seed(scenario.seed()).derive("prompts"),
            nonce,
            scenario.steps().stream().anyMatch(LoadStep.Replay.class::isInstance));
    if (prompts.times() != null) {
      ReplayPlan plan = ReplayPlan.of(scenario.steps(), prompts.times());
      replays = plan;
      scenario = scenario.withSteps(plan.steps());
    }
    MockSettings mock = RecordedMock.resolve(scenario.target().mock());
    HttpLoops.check(RunSize.of(scenario).loops(), scenario.target().client());
    RunDirectory place = RunDirectory.create(RunPlace.of(scenario, now));
    directory = place;
    RunReports.writeScenario(place, scenario);
    try (RunLog log = RunLog.open(place)) {
      carryOut(place, tokenizer, prompts, mock, log, now);
      Analysis analysis = RunReports.write(place, scenario, Version.text());
      log.judged(analysis.summary());
      return analysis;
    }
  }

  private void carryOut(
      RunDirectory place,
      Tokenizer tokenizer,
      OpenedSource prompts,
      MockSettings mockSettings,
      RunLog log,
      Instant now)
      throws InterruptedException {
    try (EmbeddedMock mock = EmbeddedMock.startIfNeeded(scenario, mockSettings, tokenizer)) {
      List<URI> urls = mock.urls();
      Target target = scenario.target();
      List<String> notes = new ArrayList<>(foreseen);
      notes.addAll(prompts.notes());
      if (scenario.workload().calibrate()) {
        notes.add(Calibration.calibrate(scenario, urls, prompts, clock));
      }
      SharedPrefixes sharedPrefixes = new SharedPrefixes();
      notes.addAll(CachePreparation.prepare(scenario, urls, prompts, sharedPrefixes, clock));
      int loops = RunSize.of(scenario).loops();
      log.started(scenario, shown(target), loops, Version.text());
      try (RunWriter writer = RunWriter.open(place)) {
        RunInfo info =
            load(place, urls, tokenizer, prompts, sharedPrefixes, loops, writer, log, notes, now);
        writer.finish(info);
      }
    }
  }

  /** Where the run is kept, once it has been executed. */
  public Path directory() {
    return Objects.requireNonNull(directory, "not executed yet").path();
  }

  private RunInfo load(
      RunDirectory place,
      List<URI> urls,
      Tokenizer tokenizer,
      OpenedSource prompts,
      SharedPrefixes sharedPrefixes,
      int loopCount,
      RunWriter writer,
      RunLog log,
      List<String> notes,
      Instant start)
      throws InterruptedException {
    Target target = scenario.target();
    Dialect dialect = Dialects.of(target);
    Leavers leavers =
        new Leavers(scenario.workload().abandons(), new Seed(scenario.seed()).derive("abandon"));
    LiveFigures figures = new LiveFigures(scenario);
    EarlyFailure earlyFailure = new EarlyFailure();
    AtomicReference<LoadRun> running = new AtomicReference<>();
    Runnable stop =
        () -> {
          LoadRun run = running.get();
          if (run != null) {
            run.stop();
          }
        };
    List<ServerSample> told = new ArrayList<>();
    try (HttpLoops loops = new HttpLoops(loopCount, urls, target, dialect, clock);
        StepFeeds feeds =
            new StepFeeds(
                scenario.steps(),
                replays,
                first ->
                    new AheadFeed(
                        prompts.source(),
                        dialect,
                        leavers,
                        sharedPrefixes,
                        first,
                        loopCount,
                        RunSize.of(scenario).requestsAhead(),
                        stop));
        // While the feed gets ready on a thread of its own.
        ProcessHealth process = ProcessHealth.open(clock);
        ServerScrape server = new ServerScrape(target, urls, clock, told::addAll);
        Interrupts interrupts = Interrupts.listen(clock, stop)) {
      CoreSharing.jvmYieldsToLoops();
      feeds.awaitReady();
      server.awaitFirst();
      long origin = clock.nanoTime() + HEAD_START_NANOS;
      server.start(origin);
      RecordingSink sink =
          new RecordingSink(
              loopCount,
              new TraceReader(origin, tokenizer::count, place.spill()),
              new RunHealth(loopCount, origin, clock, process, figures::add, writer::append),
              attempt -> record(attempt, writer, log, figures, earlyFailure, stop),
              stop);
      LoadRun run =
          new LoadRun(
              loops.loops(),
              scenario.steps(),
              replays,
              scenario.drainNanos(),
              new Seed(scenario.seed()).derive("load"),
              feeds::of,
              sink,
              origin);
      running.set(run);
      CompletableFuture<Void> finished = run.start();
      if (interrupts.fired()) {
        run.stop();
      }
      watch(finished, figures, log, origin);
      if (interrupts.fired()) {
        log.interrupted();
      }
      long end = clock.nanoTime();
      notes.addAll(server.finish());
      sink.close();
      rethrow(sink.failure());
      rethrow(feeds.failure());
      rethrow(server.failure());
      writer.writeServer(told);
      String refusal = earlyFailure.message();
      return new RunInfo(
          Version.text(),
          scenario.name(),
          scenario.seed(),
          shown(target),
          target.model(),
          start,
          end - origin,
          run.stopped() && refusal == null,
          refusal,
          loopCount,
          Machine.describe(),
          run.phases(),
          notes,
          null,
          List.of(),
          sink.lost());
    }
  }

  private static String shown(Target target) {
    return target.urls().isEmpty()
        ? EMBEDDED_MOCK
        : target.urls().stream().map(URI::toString).collect(Collectors.joining(", "));
  }

  private static void record(
      AttemptRecord attempt,
      RunWriter writer,
      RunLog log,
      LiveFigures figures,
      EarlyFailure earlyFailure,
      Runnable stop) {
    writer.append(attempt);
    figures.add(attempt);
    if (attempt.outcome().failed()) {
      log.failed(attempt);
    }
    if (earlyFailure.add(attempt)) {
      stop.run();
    }
  }

  private void watch(CompletableFuture<Void> finished, LiveFigures figures, RunLog log, long origin)
      throws InterruptedException {
    boolean running = true;
    while (running) {
      try {
        finished.get(LIVE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        running = false;
      } catch (TimeoutException e) {
        LiveSnapshot snapshot = figures.snapshot(clock.nanoTime() - origin);
        log.phase(snapshot.phase());
        live.update(snapshot);
      } catch (ExecutionException e) {
        throw new CandorException(ErrorCode.INTERNAL, "the load ended with a defect", e.getCause());
      }
    }
    live.finished();
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof CandorException known) {
      throw known;
    }
    if (failure != null) {
      throw new CandorException(ErrorCode.INTERNAL, "the run failed: " + failure, failure);
    }
  }
}
