package dev.candor.app.run;

import dev.candor.analysis.RunFigures;
import dev.candor.app.simulate.SimulatedTarget;
import dev.candor.app.simulate.WordTokens;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.base.time.VirtualTime;
import dev.candor.record.AttemptRecord;
import dev.candor.record.LeftRun;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunWriter;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Workload;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.PromptSources;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Virtual time, and engines that are simulated: nothing of it depends on the machine. */
final class SimulatedWorld implements World {
  private static final long WATCHED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final VirtualTime time = new VirtualTime();
  private final Clock watch = Clock.system();
  private final int threads;
  private final BooleanSupplier interrupted;
  private long watched = watch.nanoTime();
  private @Nullable SimulatedRecords records;

  /**
   * @param threads at most
   * @param interrupted whether the user wants it to end
   */
  SimulatedWorld(int threads, BooleanSupplier interrupted) {
    this.threads = threads;
    this.interrupted = interrupted;
  }

  @Override
  public Clock clock() {
    return time;
  }

  @Override
  public String machine() {
    return "simulated";
  }

  @Override
  public long nonce(Scenario scenario, Instant now) {
    return new Seed(scenario.seed()).derive("nonce").value();
  }

  /** Recorded texts are as long as the scenario's tokenizer finds them, generated ones as asked. */
  @Override
  public Tokenizer tokenizer(Scenario scenario) {
    return switch (scenario.workload().source()) {
      case Workload.Synthetic ignored -> WordTokens.INSTANCE;
      case Workload.Trace ignored -> WordTokens.INSTANCE;
      case Workload.Messages ignored -> Tokenizers.open(scenario.workload().tokenizer());
      case Workload.Corpus ignored -> Tokenizers.open(scenario.workload().tokenizer());
    };
  }

  @Override
  public OpenedSource prompts(Scenario scenario, Tokenizer tokenizer, long nonce) {
    Seed seed = new Seed(scenario.seed()).derive("prompts");
    boolean timed = scenario.steps().stream().anyMatch(LoadStep.Replay.class::isInstance);
    OpenedSource lengths = PromptSources.lengths(scenario.workload(), seed, timed);
    return lengths != null
        ? lengths
        : PromptSources.open(scenario.workload(), tokenizer, seed, nonce, timed);
  }

  @Override
  public boolean loopsApart() {
    return true;
  }

  @Override
  public boolean resumable() {
    return false;
  }

  @Override
  public RunWriter writer(RunDirectory place, @Nullable LeftRun left) {
    return RunWriter.openOrdered(place);
  }

  @Override
  public Consumer<AttemptRecord> keeper(RunWriter writer, Scenario scenario) {
    records = new SimulatedRecords(writer, scenario);
    return records::add;
  }

  /** Thousands of its seconds pass between two looks at the view. */
  @Override
  public int liveGapsASecond() {
    return 500;
  }

  @Override
  public boolean keepsTokens() {
    return records == null || records.keepsTokens();
  }

  @Override
  public @Nullable RunFigures figures() {
    return records == null ? null : records.figures();
  }

  /** Who watches lives in real time. */
  @Override
  public boolean publishes() {
    return false;
  }

  @Override
  public boolean isWatched() {
    long now = watch.nanoTime();
    boolean due = now - watched >= WATCHED_EVERY_NANOS;
    watched = due ? now : watched;
    return due;
  }

  @Override
  public Stage open(
      Scenario scenario, MockSettings mock, Tokenizer tokenizer, OpenedSource prompts) {
    return new SimulatedStage(
        scenario,
        new SimulatedTarget(scenario, mock, tokenizer::encode),
        prompts,
        time,
        threads,
        interrupted,
        () -> Objects.requireNonNull(records, "no record yet"));
  }
}
