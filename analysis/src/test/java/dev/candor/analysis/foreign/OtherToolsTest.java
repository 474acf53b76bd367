package dev.candor.analysis.foreign;

import static dev.candor.analysis.foreign.Attempts.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OtherToolsTest {
  private static final long SECOND = 1000 * MS;

  private static RunInfo run() {
    return new RunInfo(
        "1",
        "s",
        1,
        "http://127.0.0.1:1/v1",
        "m",
        Instant.EPOCH,
        3 * SECOND,
        false,
        null,
        1,
        "here",
        List.of(
            new PhaseRecord(0, "hold", "closed", 1, null, false, false, SECOND, 0, SECOND, 0),
            new PhaseRecord(
                1, "warm", "closed", 1, null, false, true, SECOND, SECOND, 2 * SECOND, 0)),
        List.of());
  }

  @Test
  void cutAttempts_areLeftOut_andSaidSo() {
    OtherTools all = new OtherTools(run(), List.of(OtherTool.values()), null);
    all.add(Attempts.everyPartDiffers(Outcome.COMPLETED));
    all.add(Attempts.everyPartDiffers(Outcome.UNFINISHED));
    all.add(Attempts.everyPartDiffers(Outcome.ERROR_FRAME));
    List<ToolReport> reports = all.reports();
    assertThat(reports)
        .extracting(ToolReport::key)
        .containsExactly("candor", "vllm", "guidellm", "aiperf", "inference-perf", "llmperf");
    assertThat(reports).extracting(ToolReport::successful).containsExactly(1L, 2L, 1L, 1L, 2L, 1L);
    assertThat(reports).extracting(ToolReport::failed).containsExactly(1L, 0L, 1L, 1L, 0L, 1L);
    assertThat(reports.get(1).notes())
        .anyMatch(note -> note.startsWith("1 requests that were cut"));
  }

  @Test
  void ownWords_areOurDefinitions() {
    OtherTools all = new OtherTools(run(), List.of(), null);
    all.add(Attempts.everyPartDiffers(Outcome.COMPLETED));
    ToolReport own = all.reports().getFirst();
    assertThat(own.of(Concept.TTFT).orElseThrow().stats().get("max")).isEqualTo(100);
    assertThat(own.of(Concept.LATENCY).orElseThrow().stats().get("max")).isEqualTo(210);
    assertThat(own.of(Concept.ITL).orElseThrow().count()).isEqualTo(6);
    assertThat(own.of(Concept.OUTPUT_RATE).orElseThrow().value()).isEqualTo(8);
  }

  @Test
  void phase_thatIsNotMeasured_isNamedWithThoseThatAre() {
    assertThatThrownBy(() -> new OtherTools(run(), List.of(), "warm"))
        .isInstanceOf(CandorException.class)
        .hasMessage("--phase: the run has no measured phase 'warm'; it has hold");
  }

  @Test
  void json_hasTheToolsOwnKeys() {
    OtherTools all = new OtherTools(run(), List.of(OtherTool.LLMPERF), null);
    all.add(Attempts.everyPartDiffers(Outcome.COMPLETED));
    JsonNode json = JsonMapper.shared().readTree(OtherToolsJson.text(all.reports()));
    JsonNode ttft = json.path("llmperf").path("metrics").path("ttft_s");
    assertThat(ttft.path("unit").asString()).isEqualTo("s");
    assertThat(ttft.path("p50").asDouble()).isEqualTo(0.160);
    assertThat(json.path("candor").path("metrics").path("ttft").path("p50").isNull()).isTrue();
  }

  @Test
  void everyConceptOfATool_hasAMedianAndAP99() {
    for (OtherTool tool : OtherTool.values()) {
      for (Figure figure : tool.definition().figures()) {
        if (!figure.isSingle()) {
          assertThat(figure.stats().keySet())
              .as(tool + " " + figure.key())
              .contains("p99")
              .containsAll(tool.columns())
              .containsAnyOf("p50", "median");
        }
      }
    }
  }
}
