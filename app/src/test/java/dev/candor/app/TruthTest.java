package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TruthRecord;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The load generator against the mock's own log, request by request and token by token. Prints the
 * errors; docs/accuracy.md has those of {@code -Dcandor.truth.users=200 -Dcandor.truth.seconds=60}.
 */
final class TruthTest {
  private static final int USERS = Integer.getInteger("candor.truth.users", 20);
  private static final int SECONDS = Integer.getInteger("candor.truth.seconds", 5);
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.LogNormal(200e6, 0.4), new Distribution.Constant(20e6));

  @TempDir Path temp;

  @Test
  void run_agreesWithTheTruth_tokensExactly() throws Exception {
    try (MockServer mock = MockServer.start(MockOptions.of(SETTINGS, 7))) {
      Path file =
          Files.writeString(
              temp.resolve("truth.yaml"),
              """
              target: {url: "%s", model: mock-model, loops: 1}
              workload:
                mix: [{name: chat, share: 1, input: "uniform(50, 200)", output: "uniform(20, 60)"}]
              load:
                - {users: %d, ramp_from: 0, for: 2s, warmup: true}
                - {name: hold, users: %d, for: %ds}
              """
                  .formatted(mock.baseUrl(), USERS, USERS, SECONDS));
      Overrides overrides =
          new Overrides(
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              temp.resolve("run").toString(),
              null,
              List.of());
      ScenarioRun run =
          new ScenarioRun(ScenarioFile.read(file, overrides, name -> null), new Unheard());
      var summary = run.execute().summary();
      var requests = summary.overall().requests();
      assertThat(requests.intended())
          .isEqualTo(requests.completed() + requests.failed() + requests.unfinished());
      assertThat(requests.completed()).isPositive().isEqualTo(requests.intended());

      Map<Long, TruthRecord> truths = new HashMap<>();
      mock.truth().forEach(truth -> truths.put(truth.request(), truth));
      List<double[]> ttft = new ArrayList<>();
      List<double[]> itl = new ArrayList<>();
      try (RunReader reader = RunReader.open(run.directory())) {
        reader.forEachAttempt(attempt -> compare(attempt, truths, ttft, itl));
      }
      System.out.printf(
          "accuracy: %d users, %d requests, %d gaps%n", USERS, ttft.size(), itl.size());
      report("TTFT", ttft);
      report("ITL", itl);
      // Wide enough for a busy machine; docs/accuracy.md has the measured figures.
      assertThat(error(ttft, 0.5)).isLessThan(10);
      assertThat(error(itl, 0.5)).isLessThan(10);
    }
  }

  private static void compare(
      AttemptRecord attempt,
      Map<Long, TruthRecord> truths,
      List<double[]> ttft,
      List<double[]> itl) {
    TruthRecord truth = truths.get(attempt.request());
    assertThat(truth).as("truth of request %d", attempt.request()).isNotNull();
    assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.outputTokens()).isEqualTo(truth.outputTokens());
    assertThat(attempt.eventNanos()).hasSize(truth.emitted().length);
    assertThat(Arrays.stream(attempt.eventTokens()).sum()).isEqualTo(truth.outputTokens());
    if (attempt.phase() == 0) {
      return;
    }
    ttft.add(
        new double[] {
          (attempt.first() - attempt.sent()) / 1e6, (truth.emitted()[0] - truth.arrival()) / 1e6
        });
    for (int i = 1; i < truth.emitted().length; i++) {
      itl.add(
          new double[] {
            (attempt.eventNanos()[i] - attempt.eventNanos()[i - 1]) / 1e6,
            (truth.emitted()[i] - truth.emitted()[i - 1]) / 1e6
          });
    }
  }

  private static void report(String name, List<double[]> pairs) {
    for (double q : new double[] {0.5, 0.99}) {
      System.out.printf(
          "accuracy: %s p%.0f measured %.3f ms, true %.3f ms, error %.3f ms%n",
          name, q * 100, quantile(pairs, q, 0), quantile(pairs, q, 1), error(pairs, q));
    }
  }

  private static double error(List<double[]> pairs, double q) {
    return Math.abs(quantile(pairs, q, 0) - quantile(pairs, q, 1));
  }

  private static double quantile(List<double[]> pairs, double q, int side) {
    double[] values = pairs.stream().mapToDouble(pair -> pair[side]).sorted().toArray();
    return values[(int) Math.ceil(q * values.length) - 1];
  }

  private static final class Unheard implements LiveListener {
    @Override
    public void update(LiveSnapshot snapshot) {}

    @Override
    public void finished() {}
  }
}
