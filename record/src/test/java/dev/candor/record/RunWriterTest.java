package dev.candor.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunWriterTest {
  @TempDir Path temp;

  private static AttemptRecord attempt(long number, Outcome outcome, long[] nanos, int[] tokens) {
    return new AttemptRecord(
        number,
        1,
        0,
        "chat",
        3,
        0,
        AttemptRecord.NONE,
        0,
        10 + number,
        11,
        12,
        nanos.length == 0 ? -1 : nanos[0],
        -1,
        -1,
        -1,
        99,
        -1,
        outcome,
        200,
        outcome == Outcome.COMPLETED ? null : "it's broken",
        null,
        50,
        51,
        -1,
        AttemptRecord.NONE,
        tokens.length,
        -1,
        TokenSource.USAGE,
        100,
        1234,
        0,
        0,
        HttpPhases.UNKNOWN,
        nanos,
        tokens,
        new long[0],
        new long[0]);
  }

  private static final RunInfo INFO =
      new RunInfo(
          "1",
          "s",
          42,
          "t",
          "m",
          Instant.EPOCH,
          100,
          false,
          null,
          1,
          "here",
          List.of(new PhaseRecord(0, "hold", "closed", 5, null, false, false, 9, 0, 9, 0)),
          List.of("a note"));

  private static HealthWindow withoutPauses(HealthWindow window) {
    return new HealthWindow(
        window.second(),
        window.loopDelayP99Nanos(),
        window.sendLatenessP99Nanos(),
        HealthWindow.Pauses.UNKNOWN,
        window.cpu(),
        window.queues(),
        window.inFlight(),
        window.users(),
        window.tokenEvents());
  }

  @Test
  void roundTrip_keepsEverything() throws IOException {
    List<AttemptRecord> written =
        List.of(
            attempt(0, Outcome.COMPLETED, new long[] {20, 30, 45}, new int[] {1, 2, 1}),
            attempt(1, Outcome.DISCONNECTED, new long[0], new int[0]));
    HealthWindow known =
        new HealthWindow(
            0,
            1,
            2,
            new HealthWindow.Pauses(3L, 4L, 5L),
            new HealthWindow.Cpu(0.5, 0.25, 0.125, 6L),
            new HealthWindow.Queues(7L, 0.75, 8, 9, 10),
            4.5,
            5,
            60,
            new HealthWindow.Memory(11L, 12L, 13L, 14L, 15L, 16L, 17L));
    HealthWindow unknown =
        new HealthWindow(
            1,
            1,
            2,
            HealthWindow.Pauses.UNKNOWN,
            new HealthWindow.Cpu(0.5, null, null, null),
            new HealthWindow.Queues(null, null, 8, 9, 10),
            4.5,
            5,
            60);
    List<ServerSample> told =
        List.of(
            new ServerSample(-5, 0, ServerMetric.PREFIX_HITS, 12),
            new ServerSample(1_000_000_000, 1, ServerMetric.KV_USAGE, 0.25));
    RunDirectory directory = RunDirectory.create(temp.resolve("it's a run"));
    try (RunWriter writer = RunWriter.open(directory)) {
      written.forEach(writer::append);
      // Told of once without its pauses, as all seconds are.
      writer.append(withoutPauses(known));
      writer.append(known);
      writer.append(unknown);
      writer.appendServer(told);
      writer.finish(INFO);
    }
    List<AttemptRecord> read = new ArrayList<>();
    try (RunReader reader = RunReader.open(directory.path())) {
      reader.forEachAttempt(read::add);
      assertThat(reader.info()).isEqualTo(INFO);
      assertThat(reader.health()).containsExactly(known, unknown);
      assertThat(reader.server()).isEqualTo(told);
    }
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    try (ParquetFileReader other =
        ParquetFileReader.open(InputFile.of(directory.attemptsParquet()))) {
      assertThat(other.getFileMetaData().numRows()).isEqualTo(2);
    }
    try (var files = Files.list(directory.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "attempts.parquet", "client.parquet", "server.parquet", "run.json");
    }
  }

  @Test
  void openOrdered_writesTheSameFiles() throws IOException {
    List<AttemptRecord> attempts =
        List.of(
            attempt(0, Outcome.COMPLETED, new long[] {20, 30, 45}, new int[] {1, 2, 1}),
            attempt(1, Outcome.DISCONNECTED, new long[0], new int[0]).withoutEvents());
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("logged", "ordered")) {
      RunDirectory directory = RunDirectory.create(temp.resolve(name));
      try (RunWriter writer =
          name.equals("ordered") ? RunWriter.openOrdered(directory) : RunWriter.open(directory)) {
        attempts.forEach(writer::append);
        writer.finish(INFO);
      }
      files.add(Files.readAllBytes(directory.attemptsParquet()));
      try (RunReader reader = RunReader.open(directory.path())) {
        List<AttemptRecord> read = new ArrayList<>();
        reader.forEachAttempt(read::add);
        assertThat(read).usingRecursiveComparison().isEqualTo(attempts);
      }
    }
    assertThat(files.get(1)).isEqualTo(files.get(0));
  }

  private static final ServerSample OF_ENGINE =
      new ServerSample(2, 0, ServerMetric.KV_USAGE, 0.5, "1", null);
  private static final ServerSample OF_BUCKET =
      new ServerSample(3, 0, ServerMetric.TTFT_BUCKET, 7, null, Double.POSITIVE_INFINITY);

  @Test
  void server_partsAndBuckets_comeOneByOne_andSharesInPercentAsShares() throws IOException {
    List<ServerSample> told =
        List.of(
            new ServerSample(4, 0, ServerMetric.KV_USAGE, 0.5),
            OF_BUCKET,
            OF_ENGINE,
            new ServerSample(1, 1, ServerMetric.KV_USAGE, 0.5),
            new ServerSample(5, 1, ServerMetric.KV_USAGE, 93),
            new ServerSample(6, 1, ServerMetric.RUNNING, 93));
    RunDirectory directory = RunDirectory.create(temp.resolve("told"));
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.appendServer(told);
      writer.finish(INFO);
    }
    List<ServerSample> all = new ArrayList<>();
    try (RunReader reader = RunReader.open(directory.path())) {
      reader.forEachServerSample(all::add);
      assertThat(reader.server()).doesNotContain(OF_BUCKET, OF_ENGINE).hasSize(4);
    }
    assertThat(all)
        .containsExactly(
            new ServerSample(1, 1, ServerMetric.KV_USAGE, 0.005),
            OF_ENGINE,
            OF_BUCKET,
            new ServerSample(4, 0, ServerMetric.KV_USAGE, 0.5),
            new ServerSample(5, 1, ServerMetric.KV_USAGE, 0.93),
            new ServerSample(6, 1, ServerMetric.RUNNING, 93));
  }

  @Test
  void server_ofAnEarlierVersion_isRead() throws Exception {
    RunDirectory directory = RunDirectory.create(temp.resolve("earlier"));
    try (RunWriter writer = RunWriter.open(directory)) {
      writer.finish(INFO);
    }
    try (Connection connection = Database.open("");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 7::BIGINT AS at_ns, 1 AS target, 'waiting' AS metric, 3.0::DOUBLE AS value) TO %s (FORMAT parquet)"
              .formatted(Database.literal(directory.serverParquet())));
    }
    try (RunReader reader = RunReader.open(directory.path())) {
      assertThat(reader.server()).containsExactly(new ServerSample(7, 1, ServerMetric.WAITING, 3));
    }
  }

  @Test
  void create_notEmpty_isRefused() throws IOException {
    Files.writeString(temp.resolve("x"), "x");
    assertThatThrownBy(() -> RunDirectory.create(temp))
        .hasMessageContaining(temp.toString())
        .hasMessageContaining("not empty");
  }

  @Test
  void open_noRun_saysSo() {
    assertThatThrownBy(() -> RunReader.open(temp))
        .hasMessageContaining("not the directory of a run: it has neither run.json");
  }
}
