package dev.candor.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptLogTest {
  @TempDir Path temp;

  static AttemptRecord attempt(Random random, long number) {
    long[] nanos = new long[random.nextInt(40)];
    int[] tokens = new int[nanos.length];
    long at = random.nextLong(1L << 50);
    for (int i = 0; i < nanos.length; i++) {
      at += random.nextInt(1 << 20);
      nanos[i] = at;
      tokens[i] = random.nextInt(5);
    }
    Outcome[] outcomes = Outcome.values();
    TokenSource[] sources = TokenSource.values();
    return new AttemptRecord(
        number,
        1,
        2,
        "chät",
        random.nextLong(),
        3,
        AttemptRecord.NONE,
        4,
        random.nextInt(1000),
        random.nextLong(),
        -1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        7,
        8,
        9,
        -1,
        outcomes[random.nextInt(outcomes.length)],
        200,
        random.nextBoolean() ? null : "broken: „" + number,
        random.nextBoolean() ? null : "",
        10,
        11,
        -1,
        AttemptRecord.NONE,
        12,
        13,
        sources[random.nextInt(sources.length)],
        Integer.MAX_VALUE,
        1L << 40,
        14,
        15,
        new HttpPhases(1, 2, 3, -1, 5, 6),
        nanos,
        tokens,
        new long[] {at},
        new long[] {5, at, at});
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 2_000, 1 << 20})
  void inOrder_isByIntent_whateverFitsAtOnce(int piece) throws IOException {
    Random random = new Random(piece);
    List<AttemptRecord> written = new ArrayList<>();
    List<AttemptRecord> read = new ArrayList<>();
    Path file = temp.resolve("log");
    try (AttemptLog log = AttemptLog.create(file)) {
      for (int i = 0; i < 120; i++) {
        AttemptRecord next = attempt(random, i);
        written.add(next);
        log.append(next);
        if (random.nextInt(50) == 0) {
          log.flush();
        }
      }
      log.flush();
      new AttemptSort(file, log.size(), piece).inOrder(read::add);
    }
    written.sort(
        Comparator.comparingLong(AttemptRecord::intended)
            .thenComparingLong(AttemptRecord::request));
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    try (var left = Files.list(temp)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void append_largerThanTheBuffer_comesBack() throws IOException {
    long[] nanos = new long[600_000];
    int[] tokens = new int[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = i * 30_000_000L;
      tokens[i] = 1;
    }
    AttemptRecord small = attempt(new Random(1), 1);
    AttemptRecord large =
        new AttemptRecord(
            0,
            1,
            0,
            "c",
            0,
            0,
            AttemptRecord.NONE,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Outcome.COMPLETED,
            200,
            null,
            null,
            0,
            0,
            0,
            AttemptRecord.NONE,
            0,
            0,
            TokenSource.USAGE,
            0,
            0,
            0,
            0,
            HttpPhases.UNKNOWN,
            nanos,
            tokens,
            new long[0],
            new long[0]);
    List<AttemptRecord> read = new ArrayList<>();
    Path file = temp.resolve("log");
    try (AttemptLog log = AttemptLog.create(file)) {
      log.append(small);
      log.append(large);
      log.flush();
      new AttemptSort(file, log.size(), 1 << 16).inOrder(read::add);
    }
    assertThat(read).extracting(AttemptRecord::request).containsExactly(0L, 1L);
    assertThat(read.getFirst().eventNanos()).isEqualTo(nanos);
    assertThat(read.getFirst().eventTokens()).isEqualTo(tokens);
    assertThat(read.getLast().eventNanos()).isEqualTo(small.eventNanos());
  }
}
