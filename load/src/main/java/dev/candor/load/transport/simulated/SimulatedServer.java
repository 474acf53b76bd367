package dev.candor.load.transport.simulated;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.EngineState;
import dev.candor.engine.Fleet;
import dev.candor.engine.Routing;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Engines on a scheduler, which simulated transports ask. <b>For its scheduler's thread only.</b>
 *
 * <p>What comes of it has no network: a request is with the engine as soon as it is sent, and a
 * token with the client as soon as it is ready.
 */
public final class SimulatedServer {
  private static final long[] SHARED_WITH_NOBODY = {};

  private final Scheduler scheduler;
  private final Fleet fleet;
  private final Map<Long, SimulatedExchange> answers = new HashMap<>();
  private long nextId;
  private long armedFor = Long.MAX_VALUE;
  private @Nullable Timer armed;
  private boolean refusing;

  public SimulatedServer(
      EngineSettings settings, int replicas, Routing routing, Seed seed, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.fleet = new Fleet(settings, replicas, routing, seed, new Telling());
  }

  /** Whether every request from now on is answered with HTTP 503. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Multiplies the step times of all replicas, as {@code Engine.slowdown}. */
  public void slowdown(double factor) {
    for (int i = 0; i < fleet.size(); i++) {
      fleet.replica(i).slowdown(factor);
    }
  }

  /** Has all replicas crash, or start again. */
  public void up(boolean up) {
    long now = scheduler.nanoTime();
    for (int i = 0; i < fleet.size(); i++) {
      if (up) {
        fleet.replica(i).restart(now);
      } else {
        fleet.replica(i).crash(now);
      }
    }
    arm();
  }

  /** What {@code /metrics} would tell now; {@code atNanos} since the start of the run. */
  public List<ServerSample> samples(long atNanos) {
    fleet.advance(scheduler.nanoTime());
    List<ServerSample> samples = new ArrayList<>();
    double fullest = 0;
    double running = 0;
    double waiting = 0;
    double preemptions = 0;
    double promptTokens = 0;
    double generationTokens = 0;
    for (int i = 0; i < fleet.size(); i++) {
      EngineState state = fleet.replica(i).state();
      fullest = Math.max(fullest, (double) state.usedBlocks() / state.totalBlocks());
      running += state.running();
      waiting += state.waiting() + state.arriving();
      preemptions += state.preemptions();
      promptTokens += state.promptTokens();
      generationTokens += state.generationTokens();
    }
    samples.add(new ServerSample(atNanos, 0, ServerMetric.KV_USAGE, fullest));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.RUNNING, running));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.WAITING, waiting));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PREEMPTIONS, preemptions));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PROMPT_TOKENS, promptTokens));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.GENERATION_TOKENS, generationTokens));
    return samples;
  }

  /** Takes a request in, or ends its exchange at once. */
  void submit(SimulatedExchange exchange, int promptTokens, int outputTokens) {
    if (refusing) {
      exchange.refused(503);
      return;
    }
    long id = nextId++;
    exchange.id = id;
    answers.put(id, exchange);
    Admission admission =
        fleet.submit(
            scheduler.nanoTime(),
            new EngineRequest(id, promptTokens, outputTokens, SHARED_WITH_NOBODY));
    switch (admission) {
      case ACCEPTED -> {}
      case DOWN -> exchange.notConnected();
      case TOO_LONG -> exchange.refused(400);
      case QUEUE_FULL -> exchange.refused(503);
    }
    if (admission != Admission.ACCEPTED) {
      answers.remove(id);
    }
    arm();
  }

  /** Takes a request back. */
  void cancel(long id) {
    if (answers.remove(id) != null) {
      fleet.cancel(scheduler.nanoTime(), id);
      arm();
    }
  }

  private void arm() {
    long next = fleet.nextNanos();
    if (next >= armedFor) {
      return;
    }
    if (armed != null) {
      armed.cancel();
    }
    armedFor = next;
    armed =
        scheduler.at(
            next,
            () -> {
              armed = null;
              armedFor = Long.MAX_VALUE;
              fleet.advance(scheduler.nanoTime());
              arm();
            });
  }

  private final class Telling implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
      SimulatedExchange answer = answers.get(request.id());
      if (answer != null) {
        answer.scheduled(cachedTokens);
      }
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      SimulatedExchange answer = answers.get(request.id());
      if (answer != null) {
        answer.token(nanos);
      }
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      SimulatedExchange answer = answers.remove(request.id());
      if (answer != null) {
        answer.finished();
      }
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {
      SimulatedExchange answer = answers.remove(request.id());
      if (answer != null) {
        answer.broken();
      }
    }
  }
}
