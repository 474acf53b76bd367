package dev.candor.mock;

import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.util.List;

/** Mocks with the tiny engine: steps of 1 ms, blocks of 4 tokens. */
final class Engines {
  private Engines() {}

  /** With context enough for a conversation. */
  static MockSettings roomy(int replicas) {
    return settings(
        new MockEngine(
            "tiny",
            replicas,
            MockEngine.Routing.ROUND_ROBIN,
            null,
            null,
            2048,
            null,
            null,
            null,
            null,
            512,
            null));
  }

  /** One sequence at a time, and one that waits. */
  static MockSettings narrow() {
    return settings(
        new MockEngine(
            "tiny",
            1,
            MockEngine.Routing.ROUND_ROBIN,
            1,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            1));
  }

  /** Memory for 64 tokens. */
  static MockSettings cramped() {
    return settings(
        new MockEngine(
            "tiny",
            1,
            MockEngine.Routing.ROUND_ROBIN,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            16,
            null));
  }

  private static MockSettings settings(MockEngine engine) {
    return MockSettings.of(new MockSettings.Times.Simulated(engine));
  }

  static MockServer start(MockSettings settings) {
    return MockServer.start(MockOptions.of(settings, 1));
  }

  /** Steps of 20 ms. */
  static MockSettings slow(MockSettings settings) {
    return settings.withFaults(List.of(FaultRule.always(new MockFault.Spike(20))));
  }
}
