package dev.candor.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftRunTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;
  private RunDirectory directory;

  @BeforeEach
  void create() {
    directory = RunDirectory.create(temp.resolve("run"));
  }

  private static PhaseRecord phase(int index, String name, long from, long to) {
    return new PhaseRecord(
        index, name, "closed", 5, null, false, index == 0, to - from, from, to, 0);
  }

  /** A warm-up of 2 s and a step of 60 s, of which so many seconds are over. */
  private static RunInfo info(long durationNanos) {
    return new RunInfo(
        "1",
        "s",
        42,
        "t",
        "m",
        Instant.EPOCH,
        durationNanos,
        false,
        null,
        1,
        "here",
        List.of(phase(0, "warm", 0, 2 * SECOND), phase(1, "hold", 2 * SECOND, 62 * SECOND)),
        List.of("a note"));
  }

  private static HealthWindow second(int second, double inFlight) {
    return new HealthWindow(
        second,
        1,
        2,
        HealthWindow.Pauses.UNKNOWN,
        new HealthWindow.Cpu(0.5, null, null, null),
        new HealthWindow.Queues(null, null, 0, 0, 0),
        inFlight,
        5,
        60);
  }

  private static List<AttemptRecord> attempts(int count) {
    Random random = new Random(7);
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attempts.add(AttemptLogTest.attempt(random, i));
    }
    return attempts;
  }

  /** Writes as a run does; not closed, as a run that is killed. */
  private RunWriter write(RunDirectory to, List<AttemptRecord> attempts) {
    RunWriter writer = RunWriter.open(to);
    writer.checkpoint(info(0), 77);
    attempts.forEach(writer::append);
    writer.appendServer(
        List.of(
            new ServerSample(5, 0, ServerMetric.KV_USAGE, 0.25),
            new ServerSample(6, 1, ServerMetric.RUNNING, Double.POSITIVE_INFINITY)));
    writer.append(second(0, 3.2));
    writer.append(second(1, 4.6));
    return writer;
  }

  private record Read(
      List<AttemptRecord> attempts, List<HealthWindow> health, List<ServerSample> server) {
    static Read of(RunDirectory directory) {
      List<AttemptRecord> attempts = new ArrayList<>();
      try (RunReader reader = RunReader.open(directory.path())) {
        reader.forEachAttempt(attempts::add);
        return new Read(attempts, reader.health(), reader.server());
      }
    }
  }

  @Test
  void recover_givesWhatFinishWouldHave_andSaysWhatIsUnknown() {
    List<AttemptRecord> attempts = attempts(300);
    var killed = write(directory, attempts);
    RunDirectory other = RunDirectory.create(temp.resolve("finished"));
    try (RunWriter finished = write(other, attempts)) {
      finished.finish(info(2 * SECOND));
    }

    assertThat(directory.isUnfinished()).isTrue();
    LeftRun.read(directory).recover(false);

    assertThat(Read.of(directory)).usingRecursiveComparison().isEqualTo(Read.of(other));
    assertThat(directory.isUnfinished()).isFalse();
    // What can be resumed.
    assertThat(LeftRun.read(directory).logged().attempts()).isEqualTo(300);
    killed.close();
    assertThat(LeftRun.read(directory).logged().attempts()).isEqualTo(300);
  }

  @Test
  void info_isCutAtTheLastSecond() {
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(SECOND), 77);
      for (int second = 0; second < 5; second++) {
        writer.append(second(second, 4.6));
      }
    }
    LeftRun left = LeftRun.read(directory);
    assertThat(left.checkpoint().run().phases())
        .extracting(PhaseRecord::name, PhaseRecord::endNanos)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("warm", SECOND));
    RunInfo info = left.info(false);
    assertThat(info.durationNanos()).isEqualTo(5 * SECOND);
    assertThat(info.interrupted()).isTrue();
    assertThat(info.phases())
        .containsExactly(
            phase(0, "warm", 0, 2 * SECOND),
            phase(1, "hold", 2 * SECOND, 62 * SECOND).endingBy(5 * SECOND));
    assertThat(info.notes())
        .contains("a note")
        .anyMatch(
            note ->
                note.contains("ended without a report")
                    && note.contains("5.0 s")
                    && note.endsWith("candor run --resume goes on from there"))
        .anyMatch(note -> note.startsWith("about 5 requests were in flight"));
    assertThat(left.checkpoint().nonce()).isEqualTo(77);
  }

  @Test
  void info_ofASweep_doesNotAdviseToResumeIt() {
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(SECOND), 77);
      writer.append(second(0, 4.6));
    }
    LeftRun warmingUp = LeftRun.read(directory);
    assertThat(warmingUp.checkpoint().ofSweep()).isFalse();
    assertThat(warmingUp.info(true).notes())
        .anyMatch(note -> note.endsWith("a sweep cannot be resumed"))
        .noneMatch(note -> note.contains("--resume"));

    SweepStep step = new SweepStep(5, 0, false, SweepStep.Mark.INTERRUPTED, "");
    Checkpoint marked =
        new Checkpoint(info(SECOND), List.of(phase(0, "users-5", 0, 2 * SECOND).of(step)), 77);
    assertThat(new LeftRun(directory, marked, warmingUp.logged()).info(false).notes())
        .anyMatch(note -> note.endsWith("a sweep cannot be resumed"));
  }

  @Test
  void reopen_behindATornFrame_goesOn() throws IOException {
    List<AttemptRecord> attempts = attempts(20);
    write(directory, attempts.subList(0, 15)).close();
    Files.write(directory.attemptLog(), new byte[] {0, 0, 1, 7, 3}, StandardOpenOption.APPEND);
    Files.write(directory.clientLog(), new byte[] {1}, StandardOpenOption.APPEND);
    LeftRun left = LeftRun.read(directory);
    assertThat(left.logged().tornBytes()).isEqualTo(5);
    assertThat(left.losses()).anyMatch(loss -> loss.contains("last 5 bytes"));
    assertThat(left.logged().highestRequest()).isEqualTo(14);
    left.recover(false);
    try (RunWriter writer = RunWriter.reopen(left)) {
      assertThat(directory.isUnfinished()).isTrue();
      attempts.subList(15, 20).forEach(writer::append);
      writer.append(second(9, 1));
      writer.finish(info(10 * SECOND));
    }
    Read read = Read.of(directory);
    assertThat(read.attempts())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(attempts);
    assertThat(read.health()).extracting(HealthWindow::second).containsExactly(0, 1, 9);
    try (var files = Files.list(directory.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void unrecorded_countsWhatMayHaveBegun() {
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(0), 1);
      attempts(300).forEach(writer::append);
      writer.append(second(0, 4_000));
    }
    // What is in flight, twice, and what begins in the seconds in which nothing may be recorded.
    assertThat(LeftRun.read(directory).unrecorded()).isBetween(8_300L, 8_400L);
  }

  @Test
  void read_nothingOrDamage_saysSo() throws IOException {
    assertThatThrownBy(() -> LeftRun.read(directory))
        .hasMessageContaining("neither run.json nor .run.json");
    RunWriter.open(directory).close();
    Files.writeString(directory.checkpoint(), "{\"run\": ");
    assertThatThrownBy(() -> LeftRun.read(directory)).hasMessageContaining("is damaged");
  }

  @Test
  void read_diedInItsFirstSecond_saysSo() {
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.checkpoint(info(0), 1);
    }
    assertThatThrownBy(() -> LeftRun.read(directory))
        .hasMessageContaining("before its first second");
  }

  @Test
  void lock_isHeld_untilItIsClosed() {
    assertThat(RunLock.isHeld(directory)).isFalse();
    try (RunLock lock = RunLock.take(directory)) {
      assertThat(RunLock.isHeld(directory)).isTrue();
      assertThatThrownBy(() -> RunLock.take(directory)).hasMessageContaining("still at work");
      assertThat(RunLock.isHeld(directory)).as("%s", lock).isTrue();
    }
    assertThat(RunLock.isHeld(directory)).isFalse();
    assertThat(directory.lock()).doesNotExist();
  }

  @Test
  void activeNanos_leavesGapsOut() {
    RunInfo info =
        new RunInfo(
            "1",
            "s",
            1,
            "t",
            "m",
            Instant.EPOCH,
            100,
            false,
            null,
            1,
            "here",
            List.of(),
            List.of(),
            null,
            List.of(new RunInfo.Gap(10, 20), new RunInfo.Gap(50, 55)),
            0,
            false);
    assertThat(info.activeNanos(0, 5)).isEqualTo(5);
    assertThat(info.activeNanos(0, 100)).isEqualTo(85);
    assertThat(info.activeNanos(15, 52)).isEqualTo(30);
    assertThat(info.activeNanos(12, 18)).isZero();
  }
}
