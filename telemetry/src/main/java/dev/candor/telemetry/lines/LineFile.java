package dev.candor.telemetry.lines;

import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.push.Push;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends figures as line protocol to a file. For one thread. */
public final class LineFile implements Push {
  private final Path file;

  public LineFile(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "line protocol to " + file;
  }

  @Override
  public void send(Figures figures) throws IOException {
    Files.writeString(
        file,
        LineProtocol.of(figures),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }
}
