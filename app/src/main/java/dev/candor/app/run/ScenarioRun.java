package dev.candor.app.run;

import dev.candor.analysis.Analysis;
import dev.candor.app.cli.Version;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.record.RunTail;
import dev.candor.record.RunWriter;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Publish;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.SharedPrefixes;
import dev.candor.workload.arrival.ReplayPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Carries out one scenario: opens everything, lets the load run, closes, and has it judged. */
public final class ScenarioRun implements AutoCloseable {
  private static final long LIVE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SWEEP_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LiveListener live;
  private final List<String> foreseen;
  private final World world;
  private final Clock clock;

  /** Once its trace has been read, with the length of each replay. */
  private Scenario scenario;

  private @Nullable ReplayPlan replays;
  private @Nullable RunDirectory directory;

  /** What is to go on, null for a new run. */
  private final @Nullable RunDirectory resumed;

  private @Nullable LeftRun left;
  private @Nullable Publishing publishing;
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
    this(scenario, live, foreseen, resumed, new RealWorld());
  }

  private ScenarioRun(
      Scenario scenario,
      LiveListener live,
      List<String> foreseen,
      @Nullable RunDirectory resumed,
      World world) {
    this.world = world;
    this.clock = world.clock();
    this.resumed = resumed;
    this.scenario = scenario;
    this.live = live;
    this.foreseen = List.copyOf(foreseen);
  }

  /**
   * One that takes place in virtual time, against simulated engines.
   *
   * @param threads at most; what comes of it does not depend on them
   * @param interrupted whether the user wants it to end
   */
  public static ScenarioRun simulated(
      Scenario scenario,
      LiveListener live,
      List<String> foreseen,
      int threads,
      BooleanSupplier interrupted) {
    return new ScenarioRun(
        RecordsChoice.made(scenario),
        live,
        foreseen,
        null,
        new SimulatedWorld(threads, interrupted));
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
    Instant now = Clock.system().wallTime();
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
    Tokenizer tokenizer = world.tokenizer(scenario);
    nonce = left == null ? world.nonce(scenario, now) : left.checkpoint().nonce();
    OpenedSource prompts = world.prompts(scenario, tokenizer, nonce);
    if (prompts.times() != null) {
      ReplayPlan plan = ReplayPlan.of(scenario.steps(), prompts.times());
      replays = plan;
      scenario = scenario.withSteps(plan.steps());
    }
    MockSettings mock = RecordedMock.resolve(scenario.target().mock());
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
      Analysis analysis = RunReports.write(place, scenario, Version.text(), world.figures());
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
    try (World.Stage stage = world.open(scenario, mockSettings, tokenizer, prompts)) {
      // What an earlier part of the run has noted is not noted again.
      Set<String> notes = new LinkedHashSet<>();
      if (left != null) {
        notes.addAll(left.checkpoint().run().notes());
      }
      notes.addAll(foreseen);
      // Ahead of all traffic: a port may be taken.
      Publishing out = Publishing.open(published(notes), place, stage.target(), clock);
      publishing = out;
      notes.addAll(stage.notes());
      notes.addAll(prompts.notes());
      if (replays != null) {
        notes.addAll(replays.notes());
      }
      if (scenario.workload().calibrate()) {
        notes.add(stage.calibrate());
      }
      SharedPrefixes sharedPrefixes =
          RunSize.lasts(scenario) ? SharedPrefixes.reserved() : new SharedPrefixes();
      notes.addAll(stage.prepareCache(sharedPrefixes, left != null));
      log.started(scenario, stage.target(), stage.loops(), Version.text());
      try (RunWriter writer = world.writer(place, left)) {
        RunInfo info = load(place, stage, sharedPrefixes, writer, log, notes, out);
        if (left != null && info.refusal() != null) {
          // Not finished: it can go on once the target is back.
          throw new CandorException(
              ErrorCode.TARGET, "the run could not go on: " + info.refusal(), null);
        }
        writer.finish(info);
      }
    }
  }

  /** The scenario as far as it is published here. */
  private Scenario published(Set<String> notes) {
    if (world.publishes() || !scenario.publish().anywhere()) {
      return scenario;
    }
    notes.add(
        "publish: nothing of a simulation is published, whose seconds are no real ones; candor export writes its figures to files");
    return scenario.withPublish(Publish.NONE);
  }

  /**
   * Waits until its last figures have been read where they are published, as long as its scenario
   * says at most, and closes the page.
   */
  @Override
  public void close() {
    try (Publishing out = publishing) {
      if (out != null) {
        out.awaitLastReading();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where the run is kept, once it has been executed. */
  public Path directory() {
    return Objects.requireNonNull(directory, "not executed yet").path();
  }

  private RunInfo load(
      RunDirectory place,
      World.Stage stage,
      SharedPrefixes sharedPrefixes,
      RunWriter writer,
      RunLog log,
      Set<String> notes,
      Publishing out)
      throws InterruptedException {
    LiveFigures figures = new LiveFigures(scenario, world.liveGapsASecond());
    AbortWatch abort = new AbortWatch(scenario, figures::judge);
    BudgetWatch budget = new BudgetWatch(scenario, world.loopsApart(), log::drained);
    if (left != null) {
      try (RunTail earlier = RunTail.open(place)) {
        earlier.read(
            ignored -> {},
            attempt -> {
              figures.add(attempt);
              abort.addEarlier(attempt);
              budget.addEarlier(attempt);
              out.earlier(attempt);
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
    Intake intake =
        new Intake(writer, world.keeper(writer, scenario), log, figures, abort, out, stop);
    try (World.Traffic traffic =
        stage.traffic(new World.Feeding(replays, left), sharedPrefixes, writer, stop)) {
      traffic.awaitReady();
      Timeline timeline = left == null ? Timeline.begin(clock) : Timeline.goOn(left, clock);
      long origin = timeline.origin();
      figures.gaps(timeline.gaps());
      notes.addAll(timeline.notes());
      timeline.notes().forEach(log::resumed);
      LoadRun run =
          new LoadRun(
              budget.guard(traffic.loops(), running::get),
              replays,
              scenario.retries(),
              new Seed(scenario.seed()).derive("load"),
              traffic::feed,
              traffic.record(origin, intake, place.spill()),
              origin);
      SweepControl sweep =
          scenario.sweep() == null
              ? null
              : new SweepControl(
                  scenario,
                  scenario.sweep(),
                  run,
                  origin,
                  traffic::idle,
                  () -> prepare(stage, sharedPrefixes));
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
                      stage,
                      sweep == null ? phases : sweep.marked(phases),
                      notes,
                      traffic.lost(),
                      clock.nanoTime(),
                      false,
                      null,
                      null),
              soFar -> writer.checkpoint(soFar, nonce),
              task -> Thread.ofPlatform().daemon().name("candor-checkpoint").start(task));
      running.set(run);
      out.begins(run, timeline.start());
      traffic.begins(run, sweep == null && !world.resumable() ? run.progress().join() : null);
      CompletableFuture<Void> finished = run.start();
      if (traffic.interrupted()) {
        run.stop();
      }
      watch(
          traffic, finished, figures, log, timeline, world.resumable() ? checkpoints : null, sweep);
      if (traffic.interrupted()) {
        log.interrupted();
      }
      notes.addAll(traffic.finish());
      // With the last seconds, of which the writer has told only now.
      live.update(snapshot(figures, timeline.activeNanos(clock.nanoTime()), sweep));
      live.finished();
      long end = clock.nanoTime();
      notes.addAll(out.end(traffic.interrupted()));
      String refusal = intake.refusal();
      String rule = budget.sentence() != null ? budget.sentence() : intake.abortedBy();
      // A rule may be met by what ends as the run is stopped for another reason.
      String stoppedBy = run.stopped() && refusal == null ? rule : null;
      if (sweep != null && stoppedBy == null) {
        stoppedBy = sweep.stoppedBy();
      }
      return info(
          timeline,
          stage,
          sweep == null ? run.phases() : sweep.marked(run.phases()),
          notes,
          traffic.lost(),
          end,
          run.stopped() && refusal == null && (rule == null || traffic.interrupted()),
          refusal,
          stoppedBy);
    }
  }

  /** Brings the cache into its state again, ahead of a step of a sweep. */
  private static void prepare(World.Stage stage, SharedPrefixes sharedPrefixes)
      throws InterruptedException {
    var _ = stage.prepareCache(sharedPrefixes, false);
  }

  /**
   * The run so far.
   *
   * @param end of it, on the clock
   */
  private RunInfo info(
      Timeline timeline,
      World.Stage stage,
      List<PhaseRecord> phases,
      Set<String> notes,
      long lost,
      long end,
      boolean interrupted,
      @Nullable String refusal,
      @Nullable String stoppedBy) {
    return new RunInfo(
        Version.text(),
        scenario.name(),
        scenario.seed(),
        stage.target(),
        scenario.target().model(),
        timeline.start(),
        Math.max(0, end - timeline.origin()),
        interrupted,
        refusal,
        stage.loops(),
        world.machine(),
        timeline.phases(phases),
        List.copyOf(notes),
        stoppedBy,
        timeline.gaps(),
        lost + (left == null ? 0 : left.checkpoint().run().lost()),
        !world.keepsTokens());
  }

  private void watch(
      World.Traffic traffic,
      CompletableFuture<Void> finished,
      LiveFigures figures,
      RunLog log,
      Timeline timeline,
      @Nullable Checkpoints checkpoints,
      @Nullable SweepControl sweep)
      throws InterruptedException {
    String begun = figures.snapshot(timeline.activeNanos(timeline.from())).phase();
    if (checkpoints != null) {
      checkpoints.begin(clock.nanoTime(), begun);
    }
    long every = sweep == null ? LIVE_EVERY_NANOS : SWEEP_EVERY_NANOS;
    long ticks = 0;
    try {
      while (!traffic.await(finished, every)) {
        if (sweep != null) {
          sweep.tick(clock.nanoTime());
          if (++ticks % (LIVE_EVERY_NANOS / SWEEP_EVERY_NANOS) != 0) {
            continue;
          }
        }
        if (!world.isWatched()) {
          continue;
        }
        long active = timeline.activeNanos(clock.nanoTime());
        LiveSnapshot snapshot = snapshot(figures, active, sweep);
        log.phase(snapshot.phase());
        if (checkpoints != null) {
          checkpoints.tick(clock.nanoTime(), snapshot.phase());
        }
        live.update(snapshot);
      }
    } catch (ExecutionException e) {
      throw new CandorException(ErrorCode.INTERNAL, "the load ended with a defect", e.getCause());
    }
    if (checkpoints != null) {
      checkpoints.end();
    }
  }

  private static LiveSnapshot snapshot(
      LiveFigures figures, long activeNanos, @Nullable SweepControl sweep) {
    return sweep == null
        ? figures.snapshot(activeNanos)
        : figures.snapshot(activeNanos, sweep.doing());
  }
}
