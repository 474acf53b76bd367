package dev.candor.app.web;

import dev.candor.app.web.http.Answer;
import dev.candor.app.web.http.SecurityHeaders;
import dev.candor.record.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a run that a browser may have, each by its name. */
record RunFiles(DataFolder data) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String TABLE = "application/vnd.apache.parquet";
  private static final String PAGE = "text/html; charset=utf-8";

  private static final Map<String, String> TYPES = types();

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("report.html", PAGE);
    types.put("summary.json", JSON);
    types.put("summary.md", TEXT);
    types.put("junit.xml", TEXT);
    types.put("alerts.yaml", TEXT);
    types.put("against.json", JSON);
    types.put("scenario.yaml", TEXT);
    types.put("run.json", JSON);
    types.put("candor.log", TEXT);
    types.put("attempts.parquet", TABLE);
    types.put("windows.parquet", TABLE);
    types.put("client.parquet", TABLE);
    types.put("server.parquet", TABLE);
    return types;
  }

  /** Those that a run has. */
  List<String> of(RunDirectory run) {
    return TYPES.keySet().stream()
        .filter(name -> Files.isRegularFile(run.path().resolve(name)))
        .toList();
  }

  /**
   * One of them.
   *
   * @throws dev.candor.app.web.http.Refusal where the run has no such file
   */
  Answer get(RunDirectory run, String name) {
    String type = TYPES.get(name);
    Path file = type == null ? null : data.inside(run.path().resolve(name));
    if (type == null || file == null || !Files.isRegularFile(file)) {
      throw DataFolder.nothing("file");
    }
    Map<String, String> headers =
        switch (type) {
          case PAGE -> SecurityHeaders.OF_A_REPORT;
          case TABLE -> Map.of("Content-Disposition", "attachment; filename=\"" + name + "\"");
          default -> Map.of();
        };
    return new Answer.File(200, type, file, headers);
  }
}
