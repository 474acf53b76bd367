package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.record.Outcome;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The table of docs/saturation.md, measured again. */
final class SaturationDocsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long FROM = 60 * SECOND;
  private static final long TO = 900 * SECOND;

  @Test
  void table_isWhatTheSimulatorDoes() throws IOException {
    List<String[]> rows =
        Files.readAllLines(Path.of("..", "docs", "saturation.md")).stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*ms.*"))
            .map(line -> line.replaceAll("ms|%|,| ", "").substring(1).split("\\|", -1))
            .toList();
    assertThat(rows).hasSizeGreaterThan(5);
    for (String[] row : rows) {
      double[] told = Arrays.stream(row, 0, 5).mapToDouble(Double::parseDouble).toArray();
      double[] found = measured((int) told[0]);
      for (int i = 0; i < found.length; i++) {
        // Rounded as the table is.
        assertThat(found[i])
            .as("%s, column %d", String.join(" ", row), i + 1)
            .isCloseTo(told[i + 1], withinPercentage(found[i] < 2 ? 5 : 0.2));
      }
    }
  }

  /** TTFT p50 and p99 in ms, share within 150 ms in percent, tokens a second. */
  private static double[] measured(int users) {
    VirtualRun run =
        new VirtualRun(
            SweepSimulation.holding(38, 1200),
            new Seed(9),
            new Distribution.Uniform(900, 1000),
            new Distribution.Uniform(150, 200),
            Timeouts.DEFAULT);
    LongStream.Builder ttfts = LongStream.builder();
    long[] tokens = new long[1];
    run.onAttempt(
        attempt -> {
          if (attempt.intended() > FROM && attempt.outcome() == Outcome.COMPLETED) {
            ttfts.add(attempt.first() - attempt.sent());
          }
          tokens[0] +=
              Arrays.stream(attempt.eventNanos()).filter(at -> at > FROM && at < TO).count();
        });
    LoadStep hold =
        new LoadStep.Closed("hold", TO, false, users, users, new Distribution.Constant(0));
    var _ = run.carryOut(List.of(hold), 30 * SECOND);
    long[] sorted = ttfts.build().sorted().toArray();
    double inTime = Arrays.stream(sorted).filter(ttft -> ttft <= 150_000_000).count();
    return new double[] {
      sorted[sorted.length / 2] / 1e6,
      sorted[sorted.length * 99 / 100] / 1e6,
      Math.round(1000 * inTime / sorted.length) / 10.0,
      tokens[0] / ((TO - FROM) / 1e9)
    };
  }
}
