package dev.candor.telemetry.push;

import dev.candor.telemetry.figures.Figures;
import java.io.IOException;

/** Sends figures somewhere. For one thread. */
public interface Push {
  /** What it is and where to, for messages. */
  String name();

  /**
   * Sends them.
   *
   * @throws IOException where they did not arrive
   */
  void send(Figures figures) throws IOException, InterruptedException;
}
