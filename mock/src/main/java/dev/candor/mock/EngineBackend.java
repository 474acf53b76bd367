package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.engine.EngineState;
import dev.candor.engine.Fleet;
import dev.candor.engine.Gpu;
import dev.candor.mock.metrics.GpuShape;
import dev.candor.mock.metrics.ReplicaState;
import dev.candor.mock.times.EngineTimes;
import dev.candor.mock.times.ServedProfile;
import dev.candor.mock.times.TokenTimes;
import java.util.ArrayList;
import java.util.List;

/** Engines that all requests share. */
final class EngineBackend implements Backend {
  private static final double MIB = 1024;
  private static final double H100_WATT = 700;
  private static final double A100_WATT = 400;
  private static final double OTHER_WATT = 350;

  private final ServedProfile.Simulated profile;
  private final EngineTimes times;
  private final Scheduler scheduler;

  EngineBackend(ServedProfile.Simulated profile, Seed seed, Scheduler scheduler) {
    this.profile = profile;
    this.scheduler = scheduler;
    this.times =
        new EngineTimes(
            profile.settings(),
            profile.replicas(),
            profile.routing(),
            seed.derive("engine"),
            scheduler);
  }

  @Override
  public TokenTimes times() {
    return times;
  }

  @Override
  public int replicas() {
    return profile.replicas();
  }

  @Override
  public List<ReplicaState> states(int waiting) {
    Fleet fleet = times.fleet();
    List<ReplicaState> states = new ArrayList<>();
    for (int i = 0; i < fleet.size(); i++) {
      // Those that no replica has yet are told of with the first.
      states.add(state(fleet.replica(i).state(), i == 0 ? waiting : 0));
    }
    return states;
  }

  private ReplicaState state(EngineState state, int waiting) {
    return new ReplicaState(
        state.running(),
        state.waiting() + state.arriving() + waiting,
        state.usedBlocks(),
        state.totalBlocks(),
        profile.settings().kvCache().blockSize(),
        state.preemptions(),
        state.evictions(),
        state.prefixQueries(),
        state.prefixHits(),
        state.promptTokens(),
        state.generationTokens(),
        state.busyNanos());
  }

  @Override
  public void slowdown(int replica, double factor) {
    times.fleet().replica(replica).slowdown(factor);
  }

  @Override
  public void up(int replica, boolean up) {
    boolean isUp = !times.fleet().replica(replica).state().down();
    if (up && !isUp) {
      times.fleet().replica(replica).restart(scheduler.nanoTime());
    } else if (!up && isUp) {
      times.fleet().replica(replica).crash(scheduler.nanoTime());
    }
    times.settle();
  }

  @Override
  public boolean reset() {
    Fleet fleet = times.fleet();
    times.settle();
    for (int i = 0; i < fleet.size(); i++) {
      if (fleet.replica(i).state().usedBlocks() > 0) {
        return false;
      }
    }
    for (int i = 0; i < fleet.size(); i++) {
      fleet.replica(i).resetPrefixCache(scheduler.nanoTime());
    }
    return true;
  }

  @Override
  public int maxModelLen() {
    return profile.settings().limits().maxModelLen();
  }

  @Override
  public boolean prefixCaching() {
    return profile.settings().kvCache().prefixCaching();
  }

  @Override
  public GpuShape gpu() {
    Gpu gpu = profile.profile().gpu();
    double memory = gpu.memoryGib() * MIB;
    double watt =
        gpu.name().contains("H100")
            ? H100_WATT
            : gpu.name().contains("A100") ? A100_WATT : OTHER_WATT;
    return new GpuShape(gpu.name(), gpu.count(), memory, memory * gpu.utilization(), watt);
  }
}
