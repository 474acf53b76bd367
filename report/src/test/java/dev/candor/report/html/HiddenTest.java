package dev.candor.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HiddenTest {

  private static Summary.Latency latency(
      @Nullable Double mean, @Nullable Double p50, @Nullable Double p90, @Nullable Double p99) {
    return new Summary.Latency(100, mean, 1.0, 900.0, p50, p90, p90, p99, null, new TreeMap<>());
  }

  private static @Nullable String sentence(Map<String, Summary.Latency> latencies) {
    return Hidden.sentence(
        new Summary.Phase(
            "p",
            "closed",
            1,
            null,
            1,
            new Summary.Requests(1, 1, 0, 0, 0, 0, 0, new TreeMap<>()),
            1,
            1,
            new Summary.Tokens(1, 0, 1, 1, 1, 0, 0, "usage"),
            new Summary.Rates(1, 1, 1, 1, 1, 1, 1),
            latencies,
            new Summary.Goodput(1.0, 1, 1, new TreeMap<>()),
            null,
            new Summary.Cache(null, null, null, null),
            Summary.Sessions.NONE,
            Summary.Http.NONE,
            List.of(),
            Summary.Client.UNWATCHED));
  }

  @Test
  void sentence_saysTheTail_andTheLongestBreak() {
    assertThat(
            sentence(
                Map.of(
                    "ttft", latency(150.0, 100.0, 150.0, 1000.0),
                    "itl", latency(10.0, 10.0, 12.0, 15.0),
                    "max_gap", latency(50.0, 50.0, 60.0, 70.0))))
        .isEqualTo(
            "Half of the answers began within 100 ms; one in a hundred waited longer than 1000 ms, 10.0 times as long. The mean, 150 ms, says neither. The longest break inside an answer was 900 ms; between tokens it is usually 10.0 ms.");
  }

  @Test
  void sentence_ofLatenciesThatAreAlike_saysSo() {
    assertThat(sentence(Map.of("ttft", latency(102.0, 100.0, 110.0, 120.0))))
        .isEqualTo(
            "Half of the answers began within 100 ms; one in a hundred waited longer than 120 ms. The mean, 102 ms, hides little here.");
  }

  @Test
  void sentence_ofFewSamples_goesAsFarAsTheyReach() {
    assertThat(sentence(Map.of("ttft", latency(180.0, 100.0, 400.0, null))))
        .contains("one in ten waited longer than 400 ms, 4.0 times as long")
        .contains("says neither");
    // A mean near the median tells of no tail.
    assertThat(sentence(Map.of("ttft", latency(105.0, 100.0, 110.0, 1000.0))))
        .contains("The mean, 105 ms, says neither");
    assertThat(sentence(Map.of("ttft", latency(180.0, null, null, null)))).isNull();
    assertThat(sentence(Map.of())).isNull();
  }
}
