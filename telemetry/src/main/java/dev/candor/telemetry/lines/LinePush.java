package dev.candor.telemetry.lines;

import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.push.HttpPush;
import dev.candor.telemetry.push.Push;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends figures as line protocol to an address that takes it. For one thread. */
public final class LinePush implements Push {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "text/plain; charset=utf-8", "User-Agent", "candor");

  private final HttpPush to;

  public LinePush(HttpPush to) {
    this.to = to;
  }

  @Override
  public String name() {
    return "line protocol to " + to.address();
  }

  @Override
  public void send(Figures figures) throws IOException, InterruptedException {
    to.post(LineProtocol.of(figures).getBytes(StandardCharsets.UTF_8), HEADERS);
  }
}
