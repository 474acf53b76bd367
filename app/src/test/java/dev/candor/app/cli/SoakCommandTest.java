package dev.candor.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SoakCommandTest {
  @TempDir Path temp;

  private static SoakCommand.Plan plan(String... args) {
    SoakCommand soak = new SoakCommand();
    var _ = new CommandLine(soak).parseArgs(args);
    return soak.plan();
  }

  private String file(String steps) throws IOException {
    return Files.writeString(temp.resolve("soak.yaml"), "target: {mock: {}}\n" + steps).toString();
  }

  private static LoadStep last(Scenario scenario) {
    return scenario.steps().getLast();
  }

  @Test
  void plan_withoutAScenario_isFourHoursOfTheMock_andNoDrift() {
    SoakCommand.Plan plan = plan();
    assertThat(last(plan.scenario()).durationNanos()).isEqualTo(TimeUnit.HOURS.toNanos(4));
    assertThat(last(plan.scenario()))
        .isInstanceOfSatisfying(
            LoadStep.Closed.class, closed -> assertThat(closed.users()).isEqualTo(20));
    assertThat(plan.scenario().target().urls()).isEmpty();
    assertThat(plan.scenario().thresholds())
        .extracting(Threshold::expression)
        .contains("drift <= 0");
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void plan_flags_win() {
    SoakCommand.Plan plan = plan("--rate", "5/s", "--for", "30m", "--threshold", "drift <= 1");
    assertThat(last(plan.scenario()))
        .isInstanceOfSatisfying(
            LoadStep.Open.class, open -> assertThat(open.ratePerSecond()).isEqualTo(5));
    assertThat(last(plan.scenario()).durationNanos()).isEqualTo(TimeUnit.MINUTES.toNanos(30));
    assertThat(plan.scenario().thresholds())
        .extracting(Threshold::expression)
        .contains("drift <= 1")
        .doesNotContain("drift <= 0");
  }

  @Test
  void plan_ofAFile_lastsAsItSays_andKeepsItsThresholds() throws IOException {
    String hour = file("load: [{users: 3, for: 1h}]\nthresholds: ['ttft.p50 < 1s']\n");
    SoakCommand.Plan plan = plan(hour);
    assertThat(last(plan.scenario()).durationNanos()).isEqualTo(TimeUnit.HOURS.toNanos(1));
    assertThat(plan.scenario().thresholds())
        .extracting(Threshold::expression)
        .containsExactly("ttft.p50 < 1s", "drift <= 0");
  }

  @Test
  void plan_ofTheExample_isTooShort_untilItIsGivenTime() {
    String example = Path.of("../examples/soak.yaml").toString();
    assertThat(plan(example).warnings()).hasSize(1);
    SoakCommand.Plan longer = plan(example, "--for", "4h");
    assertThat(longer.warnings()).isEmpty();
    assertThat(longer.scenario().thresholds())
        .extracting(Threshold::expression)
        .containsExactly("goodput >= 0.9", "drift <= 0");
  }

  @Test
  void plan_tooShort_orARamp_saysSo_andAsksForNothing() throws IOException {
    for (String steps :
        new String[] {
          "load: [{users: 3, for: 239s}]\n",
          "load: [{users: 3, ramp_from: 1, for: 1h}]\n",
          "load: [{users: 3, for: 1h, warmup: true}, {users: 3, for: 10s}]\n"
        }) {
      SoakCommand.Plan plan = plan(file(steps));
      assertThat(plan.warnings()).as(steps).hasSize(1);
      assertThat(plan.warnings().getFirst()).contains("too short").contains("4 minutes");
      assertThat(plan.scenario().thresholds()).as(steps).isEmpty();
    }
  }
}
