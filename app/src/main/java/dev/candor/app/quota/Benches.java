package dev.candor.app.quota;

import dev.candor.app.simulate.SimulatedTarget;
import dev.candor.app.simulate.WordTokens;
import dev.candor.base.random.Seed;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.transport.simulated.SimulatedLinks;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.load.transport.simulated.SimulatedTransport;
import dev.candor.scenario.Scenario;

/** Opens benches. */
final class Benches {
  private Benches() {}

  /** The scenario's mock, in virtual time. */
  static Bench simulated(Scenario scenario) {
    VirtualTime time = new VirtualTime();
    SimulatedServer server =
        new SimulatedTarget(scenario, scenario.target().mock(), WordTokens.INSTANCE::encode)
            .server(0, time);
    SimulatedLinks links =
        new SimulatedLinks(
            scenario.simulation().network(), new Seed(scenario.seed()).derive("network"));
    return new VirtualBench(
        time,
        new SimulatedTransport(server, time, scenario.target(), links, 0, 1),
        WordTokens.INSTANCE);
  }
}
