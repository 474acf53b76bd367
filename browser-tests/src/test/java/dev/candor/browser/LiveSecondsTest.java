package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page keeps of a run that it watches. */
@ExtendWith(BrowserExtension.class)
final class LiveSecondsTest {

  @Test
  void add_aDayOfSeconds_keepsAFewHundredRowsAndEveryStall(Served served, Visits visits) {
    JsonNode kept =
        kept(
            served,
            visits,
            """
            for (let second = 0; second < 86_400; second++) {
              seconds.add([{ second, phase: second < 100 ? 'warm-up' : 'hold', users: 10,
                in_flight: second % 3, completed: second % 2, failed: 0, output_tps: 100, ttft_p50: null,
                ttft_p99: second === 40_001 ? 9_999 : 5, itl_p50: null, itl_p99: 2,
                goodput: second % 2 ? 1 : null, limited: second === 70_000 }]);
            }
            """);

    JsonNode rows = kept.path("rows");
    assertThat(rows.size()).isBetween(240, 480);
    assertThat(kept.path("stretch").asInt()).isEqualTo(256);
    assertThat(rows.values().stream().mapToDouble(row -> row.path("ttft_p99").asDouble()).max())
        .hasValue(9_999);
    assertThat(rows.values().stream().filter(row -> row.path("limited").asBoolean())).hasSize(1);
    JsonNode row = rows.path(5);
    assertThat(row.path("at").asInt()).isEqualTo(5 * 256);
    assertThat(row.path("completed").asDouble()).isEqualTo(0.5);
    assertThat(row.path("goodput").asDouble()).as("of the seconds that have one").isEqualTo(1);
    assertThat(row.path("ttft_p50").isNull()).isTrue();
    assertThat(kept.path("phases").toString())
        .isEqualTo(
            "[{\"name\":\"warm-up\",\"from\":0,\"to\":100},{\"name\":\"hold\",\"from\":100,\"to\":86400}]");
  }

  @Test
  void add_stretchesOfTheServer_countAsManySeconds(Served served, Visits visits) {
    JsonNode kept =
        kept(
            served,
            visits,
            """
            const one = { phase: 'hold', users: 1, in_flight: 1, output_tps: 10, limited: false, failed: 0 };
            seconds.add([
              { ...one, second: 0, span_s: 4, completed: 8, ttft_p99: 7 },
              { ...one, second: 4, span_s: 4, completed: 4, ttft_p99: 3 },
            ]);
            // Once more, as after a new connection without all of it.
            seconds.add([{ ...one, second: 4, completed: 99, ttft_p99: 99 }]);
            """);

    JsonNode rows = kept.path("rows");
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.path(0).path("completed").asDouble()).as("a second").isEqualTo(2);
    assertThat(rows.path(1).path("completed").asDouble()).isEqualTo(1);
    assertThat(rows.path(1).path("ttft_p99").asDouble()).isEqualTo(3);
    assertThat(kept.path("phases").path(0).path("to").asInt()).isEqualTo(8);
  }

  /** What {@code seconds} has after a script has added to it. */
  private static JsonNode kept(Served served, Visits visits, String script) {
    Visit visit = visits.online(served.url("/mock"), Device.LIGHT);
    Object text =
        visit.says(
            """
            async () => {
              const { LiveSeconds } = await import('/assets/live-seconds.js');
              const seconds = new LiveSeconds();
              %s
              return JSON.stringify({ rows: seconds.rows, stretch: seconds.stretch, phases: seconds.phases });
            }
            """
                .formatted(script));
    return JsonMapper.shared().readTree(String.valueOf(text));
  }
}
