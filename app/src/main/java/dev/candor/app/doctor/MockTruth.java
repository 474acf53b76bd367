package dev.candor.app.doctor;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the mock did, as it tells on {@code /truth}.
 *
 * @param answers by number of the request, those that were sent to their end
 * @param latenessP99Nanos of its events: its own error, which the truth has in it
 * @param warning why its latencies are not what was asked of it, or null
 */
record MockTruth(Map<Long, Answer> answers, long latenessP99Nanos, @Nullable String warning) {

  /**
   * One answer, in nanoseconds of the mock's clock.
   *
   * @param arrival the whole request was read
   * @param emitted when each event was handed to the socket
   */
  record Answer(long arrival, long[] emitted) {}

  /** Reads the lines of {@code /truth} and closes them. */
  static MockTruth read(InputStream lines) {
    Map<Long, Answer> answers = new HashMap<>();
    long lateness = 0;
    String warning = null;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode node = JsonMapper.shared().readTree(line);
        if (node.has("lateness")) {
          lateness = node.get("lateness").get("p99_ns").asLong();
          JsonNode said = node.get("lateness").get("warning");
          warning = said.isNull() ? null : said.asString();
        } else if (node.get("complete").asBoolean()) {
          answers.put(
              node.get("request").asLong(),
              new Answer(node.get("arrival_ns").asLong(), longs(node.get("emitted_ns"))));
        }
      }
    } catch (IOException | JacksonException e) {
      throw new CandorException(
          ErrorCode.TARGET, "doctor: the mock's truth cannot be read: " + e.getMessage(), e);
    }
    return new MockTruth(answers, lateness, warning);
  }

  private static long[] longs(JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asLong();
    }
    return values;
  }
}
