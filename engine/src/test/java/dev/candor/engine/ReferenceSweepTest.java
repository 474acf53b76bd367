package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The profile h100-llama3-8b against the measurement that it was fitted on. */
final class ReferenceSweepTest {
  private static final double SATURATED_FROM = 100;

  /** A row of the measurement and what the engine makes of it. */
  private record Comparison(
      double offered, double done, double tpot, double ttft, ReferenceSweep.Stage stage) {

    double doneError() {
      return stage.requestsPerSecond() / done - 1;
    }

    double tpotError() {
      return stage.tpotMeanMillis() / tpot - 1;
    }

    double ttftError() {
      return stage.ttftMeanMillis() / ttft - 1;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%7.2f/s: done %7.2f %7.2f (%+5.1f %%)  TPOT %6.2f %6.2f ms (%+5.1f %%)  TTFT %7.1f %7.1f"
              + " ms (%+5.1f %%)",
          offered,
          done,
          stage.requestsPerSecond(),
          100 * doneError(),
          tpot,
          stage.tpotMeanMillis(),
          100 * tpotError(),
          ttft,
          stage.ttftMeanMillis(),
          100 * ttftError());
    }
  }

  @Test
  void sweep_asMeasured_isMet() throws IOException {
    EngineSettings settings = ((EngineProfile) Profiles.named("h100-llama3-8b")).settings();
    EngineSettings asMeasured =
        settings
            .withLimits(
                settings
                    .limits()
                    .withMaxNumSeqs(128)
                    .withMaxModelLen(512)
                    .withChunkedPrefill(false))
            .withKvCache(settings.kvCache().withPrefixCaching(false));
    List<Comparison> rows = measured().stream().map(row -> compare(asMeasured, row)).toList();
    String table = String.join("\n", rows.stream().map(Comparison::toString).toList());
    assertThat(rows).hasSize(7);
    assertThat(rows)
        .as("measured, simulated\n%s", table)
        .allSatisfy(
            row -> {
              assertThat(Math.abs(row.tpotError())).isLessThan(0.05);
              assertThat(Math.abs(row.ttftError())).isLessThan(0.2);
              if (row.offered() > SATURATED_FROM) {
                assertThat(Math.abs(row.doneError())).isLessThan(0.05);
              }
            });
  }

  private static Comparison compare(EngineSettings settings, double[] row) {
    return new Comparison(row[0], row[1], row[11], row[5], ReferenceSweep.run(settings, row[0]));
  }

  /** The numbers of each row, without its first field. */
  private static List<double[]> measured() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ReferenceSweepTest.class.getResourceAsStream("llama3_8b_h100_vllm_sweep.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(
              line ->
                  Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }
}
