package dev.candor.app.simulate;

import dev.candor.engine.Routing;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;

/**
 * Into how many parts a simulation's replicas can be split that know nothing of each other: by the
 * scenario alone, never by the machine.
 */
final class ShardPlan {
  /*
   * In turn, arrival i of an open loop goes to replica i mod R. In K parts, each with every K-th
   * replica and every K-th arrival, it goes to the same one. That holds only where nothing else binds
   * requests to each other: users who wait for answers, turns of a conversation, a cap, a queue
   * ahead of the replicas, a cache that is prepared, a fault of one replica, a quota of them all.
   */
  private static final int MOST = 8;

  private ShardPlan() {}

  static int of(Scenario scenario, MockSettings settings, int replicas, Routing routing) {
    boolean apart =
        routing == Routing.ROUND_ROBIN
            && scenario.sweep() == null
            && scenario.workload().cache() == null
            && scenario.target().connections().most() == 0
            && settings.maxConcurrency() == 0
            && settings.faults().isEmpty()
            && settings.quotas().isEmpty()
            && singles(scenario.workload().source())
            && scenario.steps().stream().allMatch(ShardPlan::apart);
    int shards = apart ? Math.min(MOST, replicas) : 1;
    while (replicas % shards != 0) {
      shards--;
    }
    return shards;
  }

  private static boolean apart(LoadStep step) {
    return switch (step) {
      case LoadStep.Closed ignored -> false;
      case LoadStep.Open open -> open.maxInFlight() == null;
      case LoadStep.Replay replay -> replay.maxInFlight() == null;
    };
  }

  private static boolean singles(Workload.Source source) {
    return switch (source) {
      case Workload.Synthetic synthetic ->
          synthetic.classes().stream().allMatch(RequestClass::plain);
      case Workload.Trace ignored -> true;
      case Workload.Messages ignored -> true;
      case Workload.Corpus ignored -> false;
    };
  }
}
