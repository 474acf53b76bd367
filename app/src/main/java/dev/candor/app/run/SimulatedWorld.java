package dev.candor.app.run;

import dev.candor.app.simulate.SimulatedTarget;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.base.time.VirtualTime;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.PromptSources;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Virtual time, and engines that are simulated: nothing of it depends on the machine. */
final class SimulatedWorld implements World {
  private static final long WATCHED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final VirtualTime time = new VirtualTime();
  private final Clock watch = Clock.system();
  private long watched = watch.nanoTime();

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

  @Override
  public OpenedSource prompts(Scenario scenario, Tokenizer tokenizer, long nonce) {
    return PromptSources.open(
        scenario.workload(),
        tokenizer,
        new Seed(scenario.seed()).derive("prompts"),
        nonce,
        scenario.steps().stream().anyMatch(LoadStep.Replay.class::isInstance));
  }

  @Override
  public boolean resumable() {
    return false;
  }

  /** Who watches lives in real time. */
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
        scenario, new SimulatedTarget(scenario, mock, tokenizer::encode), prompts, time);
  }
}
