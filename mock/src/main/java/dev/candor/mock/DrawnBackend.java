package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.mock.metrics.GpuShape;
import dev.candor.mock.metrics.ReplicaState;
import dev.candor.mock.times.DrawnTimes;
import dev.candor.mock.times.ServedProfile;
import dev.candor.mock.times.TokenTimes;
import dev.candor.protocol.serve.GenerationRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latencies from distributions, as if by one replica without limits. */
final class DrawnBackend implements Backend {
  private final DrawnTimes times;

  DrawnBackend(ServedProfile.Drawn drawn, Seed seed, Scheduler scheduler) {
    times = new DrawnTimes(drawn.times(), seed, scheduler);
  }

  @Override
  public TokenTimes times() {
    return times;
  }

  @Override
  public int replicas() {
    return 1;
  }

  @Override
  public List<ReplicaState> states(int waiting) {
    return List.of(
        new ReplicaState(
            times.running(),
            waiting,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            times.promptTokens(),
            times.generationTokens(),
            0));
  }

  @Override
  public void slowdown(int replica, double factor) {
    times.slowdown(factor);
  }

  @Override
  public void up(int replica, boolean up) {
    times.up(up);
  }

  @Override
  public boolean reset() {
    return true;
  }

  @Override
  public int maxModelLen() {
    return GenerationRequest.LONGEST_ANSWER;
  }

  @Override
  public boolean prefixCaching() {
    return false;
  }

  @Override
  public @Nullable GpuShape gpu() {
    return null;
  }
}
