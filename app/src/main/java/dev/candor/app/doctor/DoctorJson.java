package dev.candor.app.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code candor doctor --json} prints: docs/doctor.md has its keys. */
public final class DoctorJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DoctorJson() {}

  public static String text(
      String version, DoctorPlan plan, List<Finding> findings, List<DoctorStep> steps) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("candor", version);
    root.put("loops", plan.loops());
    root.put("within_ms", plan.withinMs());
    List<Object> settings = new ArrayList<>();
    for (Finding finding : findings) {
      settings.add(
          Map.of(
              "severity",
              finding.severity().name().toLowerCase(Locale.ROOT),
              "text",
              finding.text()));
    }
    root.put("machine", settings);
    root.put("steps", steps.stream().map(DoctorJson::step).toList());
    root.put("limit", Doctor.highest(steps).map(DoctorJson::limit).orElse(null));
    return JSON.writeValueAsString(root);
  }

  private static Map<String, Object> limit(DoctorStep step) {
    Map<String, Object> limit = new LinkedHashMap<>();
    limit.put("streams", step.streams());
    limit.put("tokens_per_second", step.tokensPerSecond());
    return limit;
  }

  private static Map<String, Object> step(DoctorStep step) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("streams", step.streams());
    entry.put("tokens_per_second", step.tokensPerSecond());
    entry.put("answers", step.answers());
    entry.put("ttft_error_ms", quantiles(step.ttft()));
    entry.put("itl_error_ms", quantiles(step.itl()));
    entry.put("send_lateness_p99_ms", step.sendLatenessP99Ms());
    entry.put("cpu", step.cpu());
    entry.put("limited_seconds", step.limitedSeconds());
    entry.put("seconds", step.seconds());
    entry.put("mock_lateness_p99_ms", step.mockLatenessP99Ms());
    entry.put("result", step.result().name().toLowerCase(Locale.ROOT));
    entry.put("why", step.why());
    return entry;
  }

  private static Map<String, Object> quantiles(ClientError.Quantiles quantiles) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("p50", quantiles.p50());
    entry.put("p99", quantiles.p99());
    entry.put("p999", quantiles.p999());
    return entry;
  }
}
