package dev.candor.clients;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.net.URI;
import java.util.List;

/** The mocks that the clients meet: quick, with three tokens to an event, and asking for a key. */
final class Mocks {
  static final String KEY = "right";

  /** Tokens in an answer that nothing cuts short. */
  static final int TOKENS = 90;

  private static final long RETRY_AFTER_NANOS = 20_000_000;
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(1e5))
          .withOutputTokens(new Distribution.Constant(TOKENS))
          .withTokensPerChunk(3);

  private Mocks() {}

  static MockServer start() {
    return start(SETTINGS);
  }

  /** Refuses the first requests with this status, and asks for 20 ms of patience. */
  static MockServer refusing(int requests, int status) {
    FaultRule rule =
        FaultRule.always(new MockFault.ErrorStatus(status, RETRY_AFTER_NANOS, null))
            .matching(Match.first(requests));
    return start(SETTINGS.withFaults(List.of(rule)));
  }

  /** Streams that go wrong after three tokens, with an error where the fourth would be. */
  static MockServer failingInTheStream() {
    return start(SETTINGS.withFault(new MockFault.ErrorFrame(3)));
  }

  private static MockServer start(MockSettings settings) {
    return MockServer.start(MockOptions.of(settings, 1).withRequiredKey(KEY));
  }

  /** Without {@code /v1}, as Anthropic's own client wants it. */
  static String root(MockServer mock) {
    URI base = mock.baseUrl();
    return base.getScheme() + "://" + base.getAuthority();
  }
}
