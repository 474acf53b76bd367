package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code candor simulate} of examples/simulate/reference-sweep.yaml against what was measured;
 * docs/simulation.md shows the table.
 */
final class SimulatedReferenceSweepTest {
  private static final double KNEE = 100;

  @TempDir Path temp;

  /** What was measured at a rate, and what the simulation makes of it. */
  private record Stage(
      double offered,
      double done,
      double outputTps,
      double ttft,
      double e2e,
      double tpot,
      JsonNode simulated) {

    double tpotError() {
      return latency("tpot") / tpot - 1;
    }

    double e2eError() {
      return latency("e2e") / e2e - 1;
    }

    double ttftError() {
      return latency("ttft") / ttft - 1;
    }

    double doneError() {
      return rate("requests") / done - 1;
    }

    double outputError() {
      return rate("output_tps") / outputTps - 1;
    }

    private double latency(String key) {
      return simulated.path("latency").path(key).path("mean").doubleValue();
    }

    private double rate(String key) {
      return simulated.path("rates").path(key).doubleValue();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.2f/s: done %+.1f %%, output %+.1f %%, TTFT %+.1f %%, E2E %+.1f %%, TPOT %+.1f %%",
          offered,
          100 * doneError(),
          100 * outputError(),
          100 * ttftError(),
          100 * e2eError(),
          100 * tpotError());
    }
  }

  @Test
  void everyStage_isAsNearAsItIsSaidToBe() throws IOException {
    Path run = temp.resolve("run");
    Invocation simulate =
        Invocation.of(
            "simulate",
            Path.of("../examples/simulate/reference-sweep.yaml").toString(),
            "--quiet",
            "--out",
            run.toString());
    assertThat(simulate.error()).isEmpty();
    assertThat(simulate.exitCode()).isEqualTo(ExitCode.OK);
    JsonNode phases =
        JsonMapper.shared().readTree(Files.readString(run.resolve("summary.json"))).path("phases");
    List<double[]> measured = measured();
    assertThat(phases.size()).isEqualTo(measured.size());
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      double[] row = measured.get(i);
      stages.add(new Stage(row[0], row[1], row[2], row[3], row[4], row[5], phases.path(i)));
    }
    assertThat(stages)
        .hasSize(7)
        .allSatisfy(
            stage -> {
              assertThat(stage.simulated().path("rate").doubleValue()).isEqualTo(stage.offered());
              assertThat(Math.abs(stage.tpotError())).isLessThan(0.08);
              assertThat(Math.abs(stage.e2eError())).isLessThan(0.1);
              if (stage.offered() < KNEE) {
                assertThat(Math.abs(stage.ttftError())).isLessThan(0.25);
              } else {
                assertThat(Math.abs(stage.doneError())).isLessThan(0.03);
                assertThat(Math.abs(stage.outputError())).isLessThan(0.03);
              }
            });
  }

  private static List<double[]> measured() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SimulatedReferenceSweepTest.class.getResourceAsStream("reference-sweep.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("offered"))
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }
}
