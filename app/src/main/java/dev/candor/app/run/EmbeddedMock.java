package dev.candor.app.run;

import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target of a scenario that names none: a mock on loopback, in this process. */
public final class EmbeddedMock implements AutoCloseable {
  private final List<URI> urls;
  private final @Nullable MockServer server;

  private EmbeddedMock(List<URI> urls, @Nullable MockServer server) {
    this.urls = urls;
    this.server = server;
  }

  /** Starts one where {@code scenario} names no address. */
  public static EmbeddedMock startIfNeeded(
      Scenario scenario, MockSettings settings, Tokenizer tokenizer) {
    List<URI> given = scenario.target().urls();
    if (!given.isEmpty()) {
      return new EmbeddedMock(given, null);
    }
    MockServer server =
        MockServer.start(
            MockOptions.of(settings, scenario.seed())
                .withModel(scenario.target().model())
                .withTokenizer(tokenizer::encode));
    return new EmbeddedMock(List.of(server.baseUrl()), server);
  }

  /** Where requests go, in turn. */
  public List<URI> urls() {
    return urls;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
