package dev.candor.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.doctor.ClientError.Quantiles;
import dev.candor.app.doctor.DoctorStep.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DoctorTest {
  private static DoctorStep step(int streams, Result result, String why) {
    Quantiles small = new Quantiles(0.1, 0.5, 0.9);
    return new DoctorStep(
        streams, streams * 50.0, 10, small, small, 0.2, 0.3, 0, 5, 0.4, result, why);
  }

  private static DoctorPlan plan(Integer... streams) {
    return new DoctorPlan(List.of(streams), 50, 1, 5, 1, false);
  }

  @Test
  void examine_twoSmallLevels_comparedWithTheTruthOfAnotherProcess() throws Exception {
    // Generous: the machine that tests may be busy; what is tested is that there is a comparison.
    DoctorPlan plan = new DoctorPlan(List.of(2, 5), 50, 2, 2000, 1, true);
    List<DoctorStep> heard = new ArrayList<>();

    List<DoctorStep> steps = new Doctor(plan).examine(heard::add);

    assertThat(heard).isEqualTo(steps).hasSize(2);
    for (DoctorStep step : steps) {
      assertThat(step.why()).isEmpty();
      assertThat(step.result()).isEqualTo(Result.HOLDS);
      assertThat(step.answers()).isPositive();
      assertThat(step.itl().p50()).isLessThanOrEqualTo(step.itl().p99());
      // 50 a second and stream, and a truth that is no echo of what the client saw.
      assertThat(step.tokensPerSecond()).isBetween(step.streams() * 5.0, step.streams() * 60.0);
      assertThat(step.ttft().p50()).isPositive();
    }
  }

  @Test
  void conclusion_saysUpToWhichLevel() {
    List<DoctorStep> steps =
        List.of(
            step(100, Result.HOLDS, ""),
            step(300, Result.HOLDS, ""),
            step(1000, Result.FAILS, "ITL off by 9.0 ms at p99"));

    assertThat(DoctorText.conclusion(plan(100, 300, 1000), steps))
        .contains("up to 300 streams, 15,000 tokens/s");
    assertThat(DoctorText.conclusion(plan(100, 300), steps.subList(0, 2)))
        .contains("up to at least 300 streams");
    assertThat(DoctorText.conclusion(plan(1000), steps.subList(2, 3))).contains("did not hold");
    assertThat(DoctorText.row(steps.getLast())).contains("fails: ITL off by 9.0 ms at p99");
  }

  @Test
  void highest_levelBeyondAFailure_doesNotCount() {
    List<DoctorStep> steps =
        List.of(
            step(100, Result.HOLDS, ""),
            step(300, Result.INCONCLUSIVE, "x"),
            step(1000, Result.HOLDS, ""));

    assertThat(Doctor.highest(steps)).map(DoctorStep::streams).contains(100);
  }

  @Test
  void json_hasStepsMachineAndLimit() {
    List<DoctorStep> steps = List.of(step(100, Result.HOLDS, ""), step(300, Result.FAILS, "why"));

    JsonNode json =
        JsonMapper.shared()
            .readTree(
                DoctorJson.text(
                    "1", plan(100, 300), List.of(Finding.warning("slow clock")), steps));

    assertThat(json.get("limit").get("streams").asInt()).isEqualTo(100);
    assertThat(json.get("machine").get(0).get("severity").asString()).isEqualTo("warning");
    assertThat(json.get("steps").get(1).get("result").asString()).isEqualTo("fails");
    assertThat(json.get("steps").get(0).get("itl_error_ms").get("p99").asDouble()).isEqualTo(0.5);
  }
}
