package dev.candor.app.run;

import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.workload.token.Tokenizer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The target of a scenario that names none: a mock on loopback, in this process. */
final class EmbeddedMock implements AutoCloseable {
  private final URI url;
  private final @Nullable MockServer server;

  private EmbeddedMock(URI url, @Nullable MockServer server) {
    this.url = url;
    this.server = server;
  }

  static EmbeddedMock startIfNeeded(Scenario scenario, MockSettings settings, Tokenizer tokenizer) {
    URI given = scenario.target().url();
    if (given != null) {
      return new EmbeddedMock(given, null);
    }
    MockServer server =
        MockServer.start(
            MockOptions.of(settings, scenario.seed())
                .withModel(scenario.target().model())
                .withTokenizer(tokenizer::encode));
    return new EmbeddedMock(server.baseUrl(), server);
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
