package dev.candor.mock;

import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mocks with the tiny engine: steps of 1 ms, blocks of 4 tokens. */
final class Engines {
  private Engines() {}

  /** With context enough for a conversation. */
  static MockSettings roomy(int replicas) {
    return settings(replicas, null, 2048, 512, null);
  }

  /** One sequence at a time, and one that waits. */
  static MockSettings narrow() {
    return settings(1, 1, null, null, 1);
  }

  /** Memory for 64 tokens. */
  static MockSettings cramped() {
    return settings(1, null, null, 16, null);
  }

  private static MockSettings settings(
      int replicas,
      @Nullable Integer maxNumSeqs,
      @Nullable Integer maxModelLen,
      @Nullable Integer kvBlocks,
      @Nullable Integer maxQueue) {
    MockEngine tiny = MockEngine.of("tiny");
    return MockSettings.of(
        new MockSettings.Times.Simulated(
            new MockEngine(
                tiny.profile(),
                replicas,
                tiny.routing(),
                maxNumSeqs,
                null,
                maxModelLen,
                null,
                null,
                null,
                null,
                kvBlocks,
                maxQueue)));
  }

  static MockServer start(MockSettings settings) {
    return MockServer.start(MockOptions.of(settings, 1));
  }

  /** Steps of 20 ms. */
  static MockSettings slow(MockSettings settings) {
    return settings.withFaults(List.of(FaultRule.always(new MockFault.Spike(20))));
  }
}
