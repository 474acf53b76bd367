package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.candor.app.cli.ExitCode;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.RunFollower;
import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TruthRecord;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run whose process is killed: what it leaves, who watches it, and how it goes on. */
@EnabledOnOs(OS.LINUX)
final class ResumeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;

  private Process start(Path scenario, Path out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.candor.app.Main",
            "run",
            scenario.toString(),
            "--out",
            out.toString())
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("said.txt").toFile())
        .start();
  }

  /** Notes how many requests the last snapshot had. */
  private static final class Watcher implements LiveListener {
    final AtomicLong completed = new AtomicLong();

    @Override
    public void update(LiveSnapshot snapshot) {
      completed.set(snapshot.completed());
    }

    @Override
    public void finished() {}
  }

  private static List<AttemptRecord> attempts(Path out) {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }

  private static RunInfo info(Path out) {
    try (RunReader reader = RunReader.open(out)) {
      return reader.info();
    }
  }

  /** Every answer that had ended a second before the kill is recorded, with its tokens. */
  private static void reconcile(
      List<TruthRecord> truths, long killedAt, List<AttemptRecord> attempts) {
    Map<Long, AttemptRecord> byRequest =
        attempts.stream()
            .filter(attempt -> attempt.request() >= 0)
            .collect(Collectors.toMap(AttemptRecord::request, Function.identity()));
    List<TruthRecord> known =
        truths.stream()
            .filter(truth -> truth.complete() && truth.end() < killedAt - SECOND)
            .toList();
    assertThat(known).hasSizeGreaterThan(20);
    for (TruthRecord truth : known) {
      AttemptRecord attempt = byRequest.get(truth.request());
      assertThat(attempt).as("request %d", truth.request()).isNotNull();
      assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.outputTokens()).isEqualTo(truth.outputTokens());
    }
  }

  @Test
  void killedRun_isWatched_reported_andGoesOn_noRequestLostOrTwice() throws Exception {
    MockSettings settings =
        MockSettings.of(new Distribution.LogNormal(100e6, 0.3), new Distribution.Constant(4e6));
    try (MockServer mock = MockServer.start(MockOptions.of(settings, 7))) {
      Path scenario =
          Files.writeString(
              temp.resolve("long.yaml"),
              """
              target: {url: "%s", model: mock-model, loops: 1}
              workload:
                mix: [{name: chat, share: 1, input: "uniform(20, 50)", output: "uniform(10, 30)"}]
              load:
                - {name: warm, users: 8, for: 1s, warmup: true}
                - {name: hold, users: 8, for: 6s}
                - {name: open, rate: 20/s, for: 2s}
              drain: 3s
              """
                  .formatted(mock.baseUrl()));
      Path out = temp.resolve("run");
      Process process = start(scenario, out);
      Watcher watcher = new Watcher();
      CompletableFuture<Void> watching;
      long killedAt;
      try {
        await().atMost(PATIENCE).until(() -> Files.exists(out.resolve(".run.json")));
        watching =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    RunFollower.follow(out, watcher);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        // Of the watcher: what it has seen was recorded. Warm-up is forgotten by then.
        await().atMost(PATIENCE).until(() -> watcher.completed.get() > 60);
        Invocation early = Invocation.of("report", out.toString());
        assertThat(early.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(early.error()).contains("still at work").contains("--follow");
        killedAt = Clock.system().nanoTime();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> watching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(CandorException.class)
          .hasMessageContaining("ended without a report");

      Invocation report = Invocation.of("report", out.toString());
      assertThat(report.exitCode()).as(report.error()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(report.output())
          .contains("INTERRUPTED")
          .containsPattern("requests were in flight\\s+when the run's process ended");
      reconcile(mock.truth(), killedAt, attempts(out));
      assertThat(info(out).phases()).extracting(PhaseRecord::name).containsExactly("warm", "hold");

      Invocation resumed = Invocation.of("run", "--resume", out.toString());
      assertThat(resumed.carriedOut()).as(resumed.error() + resumed.output()).isTrue();
      assertThat(resumed.output()).contains("s lost between");
      check(out, mock.truth(), killedAt);

      Invocation again = Invocation.of("run", "--resume", out.toString());
      assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(again.error()).contains("the run is complete");
    }
  }

  @Test
  void mistakes_areTold_exit2() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    for (List<String> command :
        List.of(List.of("run", "--resume"), List.of("report"), List.of("report", "--follow"))) {
      List<String> words = new ArrayList<>(command);
      words.add(empty.toString());
      Invocation none = Invocation.of(words.toArray(String[]::new));
      assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(none.error())
          .contains(empty.toString())
          .contains("run.json")
          .doesNotContain("\tat ");
    }
    Files.writeString(empty.resolve(".run.json"), "{\"run\":");
    for (String command : List.of("report", "report --follow")) {
      Invocation damaged = Invocation.of((command + " " + empty).split(" "));
      assertThat(damaged.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(damaged.error()).contains(".run.json is damaged").doesNotContain("\tat ");
    }
    Invocation flags = Invocation.of("run", "--resume", empty.toString(), "--users", "3");
    assertThat(flags.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(flags.error()).contains("goes on with a run as it was");
  }

  private static void check(Path out, List<TruthRecord> truths, long killedAt) throws IOException {
    List<AttemptRecord> attempts = attempts(out);
    reconcile(truths, killedAt, attempts);
    // No number was used again, not even one that only the server knows of.
    Set<Long> requests = new HashSet<>();
    assertThat(truths).allMatch(truth -> requests.add(truth.request()));
    Set<Long> sessions = new HashSet<>();
    assertThat(attempts).allMatch(attempt -> sessions.add(attempt.session()));

    RunInfo info = info(out);
    assertThat(info.interrupted()).isFalse();
    RunInfo.Gap gap = info.gaps().getFirst();
    assertThat(info.gaps()).hasSize(1);
    assertThat(attempts).noneMatch(a -> a.sent() > gap.fromNanos() && a.sent() < gap.toNanos());
    assertThat(attempts)
        .anyMatch(a -> a.phase() == 1 && a.end() < gap.fromNanos())
        .anyMatch(a -> a.phase() == 1 && a.sent() > gap.toNanos())
        .anyMatch(a -> a.phase() == 2);
    assertThat(info.phases()).extracting(PhaseRecord::name).containsExactly("warm", "hold", "open");
    // Each step as long as it was meant to be, the gap left out.
    for (PhaseRecord phase : info.phases()) {
      assertThat(info.activeNanos(phase)).as(phase.name()).isEqualTo(phase.plannedNanos());
    }
    JsonNode phases =
        JsonMapper.shared().readTree(out.resolve("summary.json").toFile()).path("phases");
    assertThat(phases.get(0).path("duration_s").asDouble()).isEqualTo(6);
    assertThat(info.phases().get(1).endNanos()).isEqualTo(info.phases().get(2).startNanos());
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."))
          .contains("summary.json", "report.html", "attempts.parquet");
    }
  }
}
