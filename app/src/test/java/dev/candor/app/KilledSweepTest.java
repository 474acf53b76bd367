package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.candor.app.cli.ExitCode;
import dev.candor.app.cli.Version;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.RunFollower;
import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.record.RunWriter;
import dev.candor.record.SweepStep;
import dev.candor.record.TokenSource;
import dev.candor.report.console.LiveSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sweep whose process was killed, by records made by hand: read, watched, not resumed. */
final class KilledSweepTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final long AT_MOST = 60 * SECOND;

  /** A warm-up of a second, two steps that are over, and one that lasts, each behind its ramp. */
  private static final List<PhaseRecord> PHASES =
      List.of(
          phase(0, "warm-up", 2, 0, 1, SECOND, null),
          phase(1, "users-2-ramp", 2, 1, 2, SECOND, null),
          phase(2, "users-2", 2, 2, 12, AT_MOST, SweepStep.Mark.GOOD),
          phase(3, "users-3-ramp", 3, 13, 14, SECOND, null),
          phase(4, "users-3", 3, 14, 24, AT_MOST, SweepStep.Mark.GOOD),
          phase(5, "users-5-ramp", 5, 25, 26, SECOND, null),
          phase(6, "users-5", 5, 26, 86, AT_MOST, SweepStep.Mark.INTERRUPTED));

  @TempDir private Path temp;
  private RunDirectory directory;

  @BeforeEach
  void create() throws IOException {
    directory = RunDirectory.create(temp.resolve("run"));
    Files.writeString(
        directory.scenarioYaml(),
        """
        name: small
        find:
          maximise: users
          from: 2
          to: 16
          while: "ttft.p50 < 5s"
          warmup: 1s
          step: {ramp: 1s, requests: 30, at_least: 10s, at_most: 60s}
        """);
  }

  private static PhaseRecord phase(
      int index,
      String name,
      int users,
      long fromS,
      long toS,
      long planned,
      SweepStep.@Nullable Mark mark) {
    PhaseRecord phase =
        new PhaseRecord(
            index,
            name,
            "closed",
            users,
            null,
            index % 2 == 1,
            mark == null,
            planned,
            fromS * SECOND,
            toS * SECOND,
            0);
    return mark == null
        ? phase
        : phase.of(new SweepStep(users, fromS * SECOND, true, mark, "as told"));
  }

  private static RunInfo info(int seconds, List<PhaseRecord> phases) {
    return new RunInfo(
        Version.text(),
        "small",
        1,
        "nowhere",
        "m",
        Instant.EPOCH,
        seconds * SECOND,
        false,
        null,
        1,
        "here",
        phases,
        List.of());
  }

  /** Ten answers in each second of {@code phase}, up to {@code untilS}. */
  private static void answers(RunWriter writer, PhaseRecord phase, int untilS) {
    long end = Math.min(phase.endNanos(), untilS * SECOND);
    for (long sent = phase.startNanos(); sent < end; sent += 100 * MS) {
      writer.append(answer(phase.index(), sent));
    }
  }

  private static AttemptRecord answer(int phase, long sent) {
    int none = AttemptRecord.NONE;
    long first = sent + 20 * MS;
    long last = first + 10 * MS;
    return new AttemptRecord(
        sent / (100 * MS),
        1,
        phase,
        "chat",
        sent / (100 * MS),
        0,
        none,
        0,
        sent,
        sent,
        first,
        first,
        last,
        first,
        last,
        last,
        none,
        Outcome.COMPLETED,
        200,
        null,
        "stop",
        10,
        10,
        none,
        none,
        2,
        none,
        TokenSource.USAGE,
        2,
        100,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {first, last},
        new int[] {1, 1},
        new long[0],
        new long[0]);
  }

  private static void second(RunWriter writer, int second) {
    writer.append(
        new HealthWindow(
            second,
            0,
            0,
            HealthWindow.Pauses.UNKNOWN,
            new HealthWindow.Cpu(0.2, null, null, null),
            new HealthWindow.Queues(null, null, 0, 0, 0),
            0,
            2,
            20));
  }

  /** Thirty seconds, and the last checkpoint as the third step began. */
  private void killed() {
    try (RunWriter writer = RunWriter.open(directory)) {
      PHASES.forEach(phase -> answers(writer, phase, 30));
      for (int second = 0; second < 30; second++) {
        second(writer, second);
      }
      writer.checkpoint(info(26, PHASES), 7);
    }
  }

  @Test
  void report_readsItsSteps_andDoesNotAdviseToResume() throws IOException {
    killed();

    Invocation report = Invocation.of("report", directory.path().toString());

    assertThat(report.exitCode()).as(report.error()).isEqualTo(ExitCode.INTERRUPTED);
    JsonNode saturation =
        JsonMapper.shared().readTree(directory.summaryJson().toFile()).get("saturation");
    assertThat(saturation.get("knee").asDouble()).isEqualTo(3);
    assertThat(saturation.get("ended").asString()).contains("the run ended before 5 users");
    assertThat(saturation.get("steps").valueStream().map(step -> step.get("level").asDouble()))
        .containsExactly(2.0, 3.0, 5.0);
    assertThat(saturation.get("steps").valueStream().map(step -> step.get("mark").asString()))
        .containsExactly("good", "good", "interrupted");
    assertThat(report.output().replaceAll("\\s+", " "))
        .contains("30.0 s after its start, and a sweep cannot be resumed")
        .doesNotContain("--resume");
  }

  @Test
  void report_killedInTheWarmUp_doesNotAdviseToResumeEither() {
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(0, PHASES.subList(0, 1)), 7);
      answers(writer, PHASES.getFirst(), 1);
      second(writer, 0);
    }

    Invocation report = Invocation.of("report", directory.path().toString());

    assertThat(report.exitCode()).as(report.error()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(report.output().replaceAll("\\s+", " "))
        .contains("a sweep cannot be resumed")
        .doesNotContain("--resume");
  }

  @Test
  void resume_isRefused_reportedOrNot_andTakesNothingAway() throws IOException {
    killed();
    Invocation resumed = Invocation.of("run", "--resume", directory.path().toString());
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(resumed.error())
        .contains(directory.path() + ": a sweep cannot go on")
        .doesNotContain("\tat ");

    assertThat(Invocation.of("report", directory.path().toString()).exitCode())
        .isEqualTo(ExitCode.INTERRUPTED);
    String summary = Files.readString(directory.summaryJson());
    Invocation again = Invocation.of("run", "--resume", directory.path().toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(again.error()).contains("a sweep cannot go on");
    assertThat(Files.readString(directory.summaryJson())).isEqualTo(summary);
  }

  @Test
  void follow_showsTheStep_withoutAnEnd_andSaysThatItCannotBeResumed() throws Exception {
    AtomicReference<@Nullable LiveSnapshot> shown = new AtomicReference<>();
    LiveListener live =
        new LiveListener() {
          @Override
          public void update(LiveSnapshot snapshot) {
            shown.set(snapshot);
          }

          @Override
          public void finished() {}
        };
    CompletableFuture<Void> watching;
    List<String> phases = new ArrayList<>();
    try (RunLock lock = RunLock.take(directory);
        RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(0, PHASES.subList(0, 1)), 7);
      watching =
          CompletableFuture.runAsync(
              () -> {
                try {
                  RunFollower.follow(directory.path(), live);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      for (int known : List.of(1, 3, 5)) {
        // As the run does: a checkpoint as a step begins, or ends.
        writer.checkpoint(info(0, PHASES.subList(0, known)), 7);
        PhaseRecord latest = PHASES.get(known - 1);
        for (long end : List.of(latest.endNanos() - SECOND, latest.endNanos())) {
          second(writer, (int) (end / SECOND) - 1);
          if (end > 0) {
            await()
                .atMost(PATIENCE)
                .until(() -> shown.get() != null && shown.get().elapsedS() == end / 1e9);
            LiveSnapshot snapshot = shown.get();
            assertThat(snapshot).isNotNull();
            phases.add(snapshot.phase());
            assertThat(snapshot.totalS()).isZero();
          }
        }
      }
      assertThat(lock).isNotNull();
    }
    assertThat(phases)
        .containsExactly("between steps", "users-2", "between steps", "users-3", "between steps");
    assertThatThrownBy(() -> watching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("a sweep cannot be resumed")
        .hasMessageNotContaining("--resume");
  }

  @Test
  void follow_noRun_saysSo() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Invocation none = Invocation.of("report", "--follow", empty.toString());
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.error())
        .contains(empty + " is not the directory of a run: it has neither run.json nor .run.json");
  }
}
