package dev.candor.app.cli;

import dev.candor.analysis.Summary;
import dev.candor.analysis.SummaryJson;
import dev.candor.app.run.LiveListener;
import dev.candor.report.console.LiveSecond;
import dev.candor.report.console.LiveSecondJson;
import dev.candor.report.console.LiveSnapshot;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A run as JSON, an object a line: its seconds as they are over, its summary last. */
final class JsonLines implements LiveListener {
  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out;

  JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void update(LiveSnapshot snapshot) {
    for (LiveSecond second : snapshot.seconds()) {
      line("second", LiveSecondJson.members(second));
    }
    out.flush();
  }

  @Override
  public void finished() {}

  void summary(Summary summary, Path directory) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("directory", directory.toString());
    // Its numbers as summary.json writes them.
    members.put("summary", JSON.readTree(SummaryJson.text(summary)));
    line("summary", members);
  }

  private void line(String type, Map<String, @Nullable Object> members) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("type", type);
    object.putAll(members);
    out.println(JSON.writeValueAsString(object));
  }
}
