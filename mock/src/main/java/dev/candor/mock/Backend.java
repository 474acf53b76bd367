package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.mock.metrics.GpuShape;
import dev.candor.mock.metrics.ReplicaState;
import dev.candor.mock.times.ServedProfile;
import dev.candor.mock.times.TokenTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the service: drawn latencies, or engines. <b>For the mock's event loop.</b>
 */
interface Backend extends Inspection.PrefixCaches {

  TokenTimes times();

  int replicas();

  /** A replica's state; {@code waiting} requests have not reached any. */
  List<ReplicaState> states(int waiting);

  void slowdown(int replica, double factor);

  /** Takes a replica down with all it has in hand, or up again with a cold cache. */
  void up(int replica, boolean up);

  int maxModelLen();

  boolean prefixCaching();

  @Nullable GpuShape gpu();

  static Backend of(ServedProfile profile, Seed seed, Scheduler scheduler) {
    return switch (profile) {
      case ServedProfile.Drawn drawn -> new DrawnBackend(drawn, seed, scheduler);
      case ServedProfile.Simulated simulated -> new EngineBackend(simulated, seed, scheduler);
    };
  }
}
