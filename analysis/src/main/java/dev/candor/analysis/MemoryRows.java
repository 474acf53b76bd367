package dev.candor.analysis;

import dev.candor.record.HealthWindow;
import dev.candor.record.RunReader.WindowValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the client held, second by second, for windows.parquet. */
final class MemoryRows {
  private MemoryRows() {}

  /** Of the seconds that have a window; what is unknown is left out. */
  static Stream<WindowValue> of(List<HealthWindow> health, List<Analysis.Window> windows) {
    return health.stream()
        .filter(second -> second.second() < windows.size())
        .flatMap(second -> of(second, windows.get(second.second()).phase()).stream());
  }

  private static List<WindowValue> of(HealthWindow second, String phase) {
    HealthWindow.Memory memory = second.memory();
    List<WindowValue> rows = new ArrayList<>();
    row(rows, second, phase, "client.heap_used", memory.heapUsedBytes());
    row(rows, second, phase, "client.heap_after_gc", memory.heapAfterGcBytes());
    row(rows, second, phase, "client.rss", memory.residentBytes());
    row(rows, second, phase, "client.open_files", memory.openFiles());
    row(rows, second, phase, "client.threads", memory.threads());
    row(rows, second, phase, "client.connections", memory.connections());
    row(rows, second, phase, "client.new_connections", memory.newConnections());
    return rows;
  }

  private static void row(
      List<WindowValue> rows,
      HealthWindow second,
      String phase,
      String metric,
      @Nullable Long value) {
    if (value != null) {
      rows.add(new WindowValue(second.second(), phase, metric, value));
    }
  }
}
