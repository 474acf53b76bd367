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
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.record.RunTail;
import dev.candor.record.RunWriter;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out one scenario: opens everything, lets the load run, closes, and has it judged. */
public final class ScenarioRun {
  private static final long LIVE_EVERY_MILLIS = 500;
  private static final long SWEEP_EVERY_MILLIS = 100;
  private static final String EMBEDDED_MOCK = "embedded mock";

  private final LiveListener live;
  private final List<String> foreseen;
  private final Clock clock = Clock.system();

  /** Once its trace has been read, with the length of each replay. */
  private Scenario scenario;

  private @Nullable ReplayPlan replays;
  private @Nullable RunDirectory directory;

  /** What is to go on, null for a new run. */
  private final @Nullable RunDirectory resumed;

  private @Nullable LeftRun left;
  private long nonce;

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
    this(scenario, live, foreseen, null);
  }

  /**
   * Goes on with a run whose process died.
   *
   * @param resumed its directory, with {@code scenario}
   */
  public ScenarioRun(
      Scenario scenario, LiveListener live, List<String> foreseen, @Nullable RunDirectory resumed) {
    this.resumed = resumed;
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
    RunDirectory again = resumed;
    if (again == null) {
      return carryOut(null, now);
    }
    RunLock lock = RunLock.take(again);
    try {
      LeftRun found = LeftRun.read(again);
      Timeline.check(found, scenario, Version.text());
      left = found;
      return carryOut(again, now);
    } finally {
      lock.close();
    }
  }

  /**
   * @param again a run's directory to go on in, locked; null: a new one
   */
  private Analysis carryOut(@Nullable RunDirectory again, Instant now) throws InterruptedException {
    // Before the directory: a mistake in a file that the scenario names leaves nothing behind.
    Tokenizer tokenizer = Tokenizers.open(scenario.workload().tokenizer());
    // The salt differs from run to run even where the seed does not: caches outlive runs.
    nonce =
        left == null
            ? Seed.mixed(now.getEpochSecond() * 1_000_000_000L + now.getNano())
            : left.checkpoint().nonce();
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
    if (again != null) {
      return carryOut(again, tokenizer, prompts, mock);
    }
    RunDirectory place = RunDirectory.create(RunPlace.of(scenario, now));
    // Until the reports are there: who watches the run knows by it that a process is at work.
    RunLock lock = RunLock.take(place);
    try {
      RunReports.writeScenario(place, scenario);
      return carryOut(place, tokenizer, prompts, mock);
    } finally {
      lock.close();
    }
  }

  private Analysis carryOut(
      RunDirectory place, Tokenizer tokenizer, OpenedSource prompts, MockSettings mock)
      throws InterruptedException {
    directory = place;
    try (RunLog log = RunLog.open(place)) {
      carryOut(place, tokenizer, prompts, mock, log);
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
      RunLog log)
      throws InterruptedException {
    try (EmbeddedMock mock = EmbeddedMock.startIfNeeded(scenario, mockSettings, tokenizer)) {
      List<URI> urls = mock.urls();
      Target target = scenario.target();
      // What an earlier part of the run has noted is not noted again.
      Set<String> notes = new LinkedHashSet<>();
      if (left != null) {
        notes.addAll(left.checkpoint().run().notes());
      }
      notes.addAll(foreseen);
      notes.addAll(prompts.notes());
      if (scenario.workload().calibrate()) {
        notes.add(Calibration.calibrate(scenario, urls, prompts, clock));
      }
      SharedPrefixes sharedPrefixes =
          RunSize.lasts(scenario) ? SharedPrefixes.reserved() : new SharedPrefixes();
      notes.addAll(
          CachePreparation.prepare(scenario, urls, prompts, sharedPrefixes, clock, left != null));
      int loops = RunSize.of(scenario).loops();
      log.started(scenario, shown(target), loops, Version.text());
      try (RunWriter writer = left == null ? RunWriter.open(place) : RunWriter.reopen(left)) {
        RunInfo info =
            load(place, urls, tokenizer, prompts, sharedPrefixes, loops, writer, log, notes);
        if (left != null && info.refusal() != null) {
          // Not finished: it can go on once the target is back.
          throw new CandorException(
              ErrorCode.TARGET, "the run could not go on: " + info.refusal(), null);
        }
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
      Set<String> notes)
      throws InterruptedException {
    Target target = scenario.target();
    Dialect dialect = Dialects.of(target);
    Leavers leavers =
        new Leavers(scenario.workload().abandons(), new Seed(scenario.seed()).derive("abandon"));
    LiveFigures figures = new LiveFigures(scenario);
    AbortWatch abort = new AbortWatch(scenario, figures::judge);
    if (left != null) {
      try (RunTail earlier = RunTail.open(place)) {
        earlier.read(
            ignored -> {},
            attempt -> {
              figures.add(attempt);
              abort.addEarlier(attempt);
            });
      }
    }
    AtomicReference<LoadRun> running = new AtomicReference<>();
    Runnable stop =
        () -> {
          LoadRun run = running.get();
          if (run != null) {
            run.stop();
          }
        };
    Intake intake = new Intake(writer, log, figures, abort, stop);
    try (HttpLoops loops = new HttpLoops(loopCount, urls, target, dialect, clock);
        StepFeeds feeds =
            new StepFeeds(
                FeedNumbers.ofReplays(scenario.steps(), replays, left),
                FeedNumbers.ofOthers(scenario.steps(), replays, left),
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
        ServerScrape server = new ServerScrape(target, urls, clock, writer::appendServer);
        Interrupts interrupts = Interrupts.listen(clock, stop)) {
      CoreSharing.jvmYieldsToLoops();
      feeds.awaitReady();
      server.awaitFirst();
      Timeline timeline = left == null ? Timeline.begin(clock) : Timeline.goOn(left, clock);
      long origin = timeline.origin();
      notes.addAll(timeline.notes());
      timeline.notes().forEach(log::resumed);
      server.start(origin);
      RecordingSink sink =
          new RecordingSink(
              loopCount,
              new TraceReader(origin, tokenizer::count, place.spill()),
              new RunHealth(loopCount, origin, clock, process, intake::early, intake::complete),
              intake::attempt,
              stop);
      LoadRun run =
          new LoadRun(
              loops.loops(),
              replays,
              new Seed(scenario.seed()).derive("load"),
              feeds::of,
              sink,
              origin);
      SweepControl sweep =
          scenario.sweep() == null
              ? null
              : new SweepControl(
                  scenario,
                  scenario.sweep(),
                  run,
                  origin,
                  sink::idle,
                  () -> prepare(urls, prompts, sharedPrefixes));
      if (sweep == null) {
        timeline.addSteps(run, scenario.steps(), scenario.drainNanos());
      } else {
        intake.feed(sweep);
      }
      Checkpoints checkpoints =
          new Checkpoints(
              run::progress,
              phases ->
                  info(
                      timeline,
                      sweep == null ? phases : sweep.marked(phases),
                      notes,
                      loopCount,
                      sink.lost(),
                      false,
                      null,
                      null),
              soFar -> writer.checkpoint(soFar, nonce),
              task -> Thread.ofPlatform().daemon().name("candor-checkpoint").start(task));
      running.set(run);
      CompletableFuture<Void> finished = run.start();
      if (interrupts.fired()) {
        run.stop();
      }
      watch(finished, figures, log, timeline, checkpoints, sweep);
      if (interrupts.fired()) {
        log.interrupted();
      }
      notes.addAll(server.finish());
      sink.close();
      rethrow(sink.failure());
      rethrow(feeds.failure());
      rethrow(server.failure());
      String refusal = intake.refusal();
      // A rule may be met by what ends as the run is stopped for another reason.
      String stoppedBy = run.stopped() && refusal == null ? intake.abortedBy() : null;
      if (sweep != null && stoppedBy == null) {
        stoppedBy = sweep.stoppedBy();
      }
      return info(
          timeline,
          sweep == null ? run.phases() : sweep.marked(run.phases()),
          notes,
          loopCount,
          sink.lost(),
          run.stopped() && refusal == null && (intake.abortedBy() == null || interrupts.fired()),
          refusal,
          stoppedBy);
    }
  }

  /** Brings the cache into its state again, ahead of a step of a sweep. */
  private void prepare(List<URI> urls, OpenedSource prompts, SharedPrefixes sharedPrefixes)
      throws InterruptedException {
    var _ = CachePreparation.prepare(scenario, urls, prompts, sharedPrefixes, clock, false);
  }

  /** The run as of now. */
  private RunInfo info(
      Timeline timeline,
      List<PhaseRecord> phases,
      Set<String> notes,
      int loops,
      long lost,
      boolean interrupted,
      @Nullable String refusal,
      @Nullable String stoppedBy) {
    Target target = scenario.target();
    return new RunInfo(
        Version.text(),
        scenario.name(),
        scenario.seed(),
        shown(target),
        target.model(),
        timeline.start(),
        Math.max(0, clock.nanoTime() - timeline.origin()),
        interrupted,
        refusal,
        loops,
        Machine.describe(),
        timeline.phases(phases),
        List.copyOf(notes),
        stoppedBy,
        timeline.gaps(),
        lost + (left == null ? 0 : left.checkpoint().run().lost()));
  }

  private static String shown(Target target) {
    return target.urls().isEmpty()
        ? EMBEDDED_MOCK
        : target.urls().stream().map(URI::toString).collect(Collectors.joining(", "));
  }

  private void watch(
      CompletableFuture<Void> finished,
      LiveFigures figures,
      RunLog log,
      Timeline timeline,
      Checkpoints checkpoints,
      @Nullable SweepControl sweep)
      throws InterruptedException {
    String begun = figures.snapshot(timeline.activeNanos(timeline.from())).phase();
    checkpoints.begin(clock.nanoTime(), begun);
    boolean running = true;
    long ticks = 0;
    while (running) {
      try {
        finished.get(sweep == null ? LIVE_EVERY_MILLIS : SWEEP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        running = false;
      } catch (TimeoutException e) {
        if (sweep != null) {
          sweep.tick(clock.nanoTime());
          if (++ticks % (LIVE_EVERY_MILLIS / SWEEP_EVERY_MILLIS) != 0) {
            continue;
          }
        }
        long active = timeline.activeNanos(clock.nanoTime());
        LiveSnapshot snapshot =
            sweep == null ? figures.snapshot(active) : figures.snapshot(active, sweep.doing());
        log.phase(snapshot.phase());
        checkpoints.tick(clock.nanoTime(), snapshot.phase());
        live.update(snapshot);
      } catch (ExecutionException e) {
        throw new CandorException(ErrorCode.INTERNAL, "the load ended with a defect", e.getCause());
      }
    }
    live.finished();
    checkpoints.end();
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
