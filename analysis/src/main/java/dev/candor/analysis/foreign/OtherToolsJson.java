package dev.candor.analysis.foreign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reports in other tools' words as JSON; the keys of figures and statistics are the tools' own. */
public final class OtherToolsJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private OtherToolsJson() {}

  /** An object with a member a tool. */
  public static String text(List<ToolReport> reports) {
    Map<String, Object> tools = new LinkedHashMap<>();
    reports.forEach(report -> tools.put(report.key(), tool(report)));
    return JSON.writeValueAsString(tools);
  }

  private static Map<String, @Nullable Object> tool(ToolReport report) {
    Map<String, @Nullable Object> tool = new LinkedHashMap<>();
    tool.put("title", report.title());
    tool.put("version", report.version());
    tool.put("successful", report.successful());
    tool.put("failed", report.failed());
    Map<String, Object> metrics = new LinkedHashMap<>();
    report.figures().forEach(figure -> metrics.put(figure.key(), figure(figure)));
    tool.put("metrics", metrics);
    tool.put("notes", report.notes());
    return tool;
  }

  private static Map<String, @Nullable Object> figure(Figure figure) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("unit", figure.unit());
    if (!figure.isSingle()) {
      fields.put("count", figure.count());
    }
    fields.putAll(figure.stats());
    return fields;
  }
}
