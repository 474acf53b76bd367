package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.base.random.Seed;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.RunWriter;
import dev.candor.record.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten minutes of records made by hand, through {@code candor report}, to its exit code. */
final class SoakVerdictTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final int SECONDS = 600;

  @TempDir Path temp;

  /** Two answers a second of 20 tokens; their gaps, and the client's memory, grow over the run. */
  private Invocation report(double gapGrowth, double memoryGrowth) throws IOException {
    RunDirectory directory = RunDirectory.create(temp.resolve("run"));
    Files.writeString(
        directory.scenarioYaml(),
        """
        name: soak
        load: [{name: hold, users: 1, for: 600s}]
        thresholds: ["drift <= 0"]
        """);
    RandomGenerator random = new Seed(11).stream();
    try (RunWriter writer = RunWriter.open(directory)) {
      for (int i = 0; i < 2 * SECONDS; i++) {
        double grown = 1 + gapGrowth * i / (2.0 * SECONDS);
        long gap = Math.round((20 + random.nextDouble()) * grown * MS);
        writer.append(answer(i, Math.round((100 + 20 * random.nextDouble()) * MS), gap));
      }
      for (int second = 0; second < SECONDS; second++) {
        long heap = 100 + random.nextInt(4);
        long bytes = Math.round((heap << 20) * (1 + memoryGrowth * second / SECONDS));
        writer.append(
            new HealthWindow(
                second,
                0,
                0,
                HealthWindow.Pauses.UNKNOWN,
                new HealthWindow.Cpu(0.2, null, null, null),
                new HealthWindow.Queues(null, null, 0, 0, 0),
                1,
                1,
                6,
                new HealthWindow.Memory(bytes, bytes, 2 * bytes, 50L, 20L, 4L, 0L)));
      }
      writer.finish(
          new RunInfo(
              "1",
              "soak",
              1,
              "nowhere",
              "m",
              Instant.EPOCH,
              SECONDS * SECOND,
              false,
              null,
              1,
              "here",
              List.of(
                  new PhaseRecord(
                      0,
                      "hold",
                      "closed",
                      1,
                      null,
                      false,
                      false,
                      SECONDS * SECOND,
                      0,
                      SECONDS * SECOND,
                      0)),
              List.of()));
    }
    return Invocation.of("report", directory.path().toString());
  }

  private static AttemptRecord answer(int number, long ttft, long gap) {
    long sent = number * 500L * MS;
    int none = AttemptRecord.NONE;
    long[] nanos = new long[20];
    int[] tokens = new int[20];
    Arrays.setAll(nanos, i -> sent + ttft + i * gap);
    Arrays.fill(tokens, 1);
    return new AttemptRecord(
        number,
        1,
        0,
        "chat",
        0,
        0,
        none,
        0,
        sent,
        sent,
        nanos[0],
        nanos[0],
        nanos[1],
        nanos[0],
        nanos[19],
        nanos[19],
        none,
        Outcome.COMPLETED,
        200,
        null,
        "stop",
        10,
        10,
        none,
        none,
        20,
        none,
        TokenSource.USAGE,
        20,
        100,
        0,
        0,
        HttpPhases.UNKNOWN,
        nanos,
        tokens,
        new long[0],
        new long[0]);
  }

  private JsonNode drift() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(temp.resolve("run/summary.json")))
        .get("drift");
  }

  @Test
  void itlThatGrows_fails_1_andSaysWhich() throws IOException {
    Invocation report = report(0.1, 0);
    assertThat(report.exitCode()).as(report.output()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(report.output().replaceAll("\\s+", " "))
        .contains("FAIL: 1 of 1 thresholds missed; itl.p50 drifts by +")
        .contains("hold, 10 min in 60 windows of 10 s")
        .contains("itl.p50 drifts by")
        .contains("WORSE")
        .doesNotContain("CLIENT'S");
    assertThat(drift().get("worse").asInt()).isEqualTo(1);
    JsonNode itl = drift().get("trends").get(1);
    assertThat(itl.get("metric").asString()).isEqualTo("itl.p50");
    // a tenth in ten minutes
    assertThat(itl.get("percent_per_hour").asDouble()).isBetween(57.0, 63.0);
    assertThat(itl.get("percent_per_hour_ci95").get(0).asDouble()).isLessThan(60);
    assertThat(Page.own(temp.resolve("run/report.html")))
        .contains("<h2>Drift</h2>")
        .contains(">itl.p50: drift found</h3>")
        .contains(">client.heap_after_gc</h3>")
        .doesNotContain("NaN");
  }

  @Test
  void clientThatGrows_passes_0_andIsSaidAsTheClients() throws IOException {
    Invocation report = report(0, 0.2);
    assertThat(report.exitCode()).as(report.output()).isEqualTo(ExitCode.OK);
    assertThat(report.output().replaceAll("\\s+", " "))
        .contains("client.heap_after_gc drifts by")
        .contains("the client's own, not the server's");
  }

  @Test
  void nothingThatGrows_passes_0() throws IOException {
    Invocation report = report(0, 0);
    assertThat(report.exitCode()).as(report.output()).isEqualTo(ExitCode.OK);
    assertThat(report.output()).contains("no drift and no periodic spikes");
    assertThat(drift().get("spikes").get(0).get("period_s").isNull()).isTrue();
    try (RunReader reader = RunReader.open(temp.resolve("run"))) {
      assertThat(reader.health().getFirst().memory().openFiles()).isEqualTo(50);
    }
  }
}
