package dev.candor.benchmarks;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import java.io.IOException;

/**
 * A mock of its own process, to be pinned to a core; prints its port and lives until its input
 * ends.
 */
public final class MockProcess {
  private MockProcess() {}

  /**
   * @param arguments time to first token and between tokens in milliseconds, or a profile's name
   *     and its replicas
   */
  public static void main(String[] arguments) throws IOException {
    MockSettings settings =
        arguments[0].matches("[0-9.]+")
            ? MockSettings.of(millis(arguments[0]), millis(arguments[1]))
            : MockSettings.of(
                new MockSettings.Times.Simulated(
                    MockEngine.of(arguments[0]).withReplicas(Integer.parseInt(arguments[1]))));
    try (MockServer mock = MockServer.start(MockOptions.of(settings, 1))) {
      System.out.println(mock.port());
      while (System.in.read() >= 0) {
        // Whatever is said, only the end counts.
      }
    }
  }

  private static Distribution millis(String text) {
    return new Distribution.Constant(Double.parseDouble(text) * 1e6);
  }
}
