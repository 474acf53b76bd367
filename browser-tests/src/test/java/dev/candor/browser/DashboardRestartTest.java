package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard that ends leaves its runs alone, and the next one finds them. */
final class DashboardRestartTest {
  private static final String SCENARIO =
      """
      {"scenario": "name: outlives\\ntarget: {mock: {ttft: 40ms, itl: 5ms}}\\nload: [{users: 2, for: 10m}]\\n",
       "path": null, "budget": null, "tags": [], "yes": true}
      """;

  @TempDir Path data;

  @Test
  void dashboard_endedAndBegunAnew_findsTheRunAndStopsIt() throws Exception {
    String id;
    try (Served first = Served.of(data)) {
      HttpResponse<String> started = first.post("/api/runs", SCENARIO);
      assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
      id = JsonMapper.shared().readTree(started.body()).path("id").asString();
      var _ =
          first.until(id, run -> run.path("can_stop").asBoolean() && run.path("target").isString());
    }
    try (Served second = Served.of(data)) {
      assertThat(second.json("/api/runs/" + id).path("state").asString()).isEqualTo("running");

      assertThat(second.post("/api/runs/" + id + "/stop", "{}").statusCode()).isEqualTo(202);

      JsonNode ended = second.untilFinished(id);
      assertThat(ended.path("verdict").asString()).isIn("interrupted", "invalid");
    }
  }
}
