package dev.candor.app.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestsLevelTest {
  private static Probe probe(double second, boolean passed) {
    long sent = Math.round(second * 1e9);
    return new Probe(
        new AttemptRecord(
            0,
            1,
            0,
            "tiny",
            0,
            0,
            -1,
            0,
            sent,
            sent,
            sent,
            sent,
            AttemptRecord.NONE,
            AttemptRecord.NONE,
            AttemptRecord.NONE,
            sent,
            AttemptRecord.NONE,
            passed ? Outcome.COMPLETED : Outcome.RATE_LIMITED,
            passed ? 200 : 429,
            null,
            null,
            1,
            1,
            AttemptRecord.NONE,
            AttemptRecord.NONE,
            1,
            AttemptRecord.NONE,
            TokenSource.USAGE,
            1,
            0,
            0,
            0,
            HttpPhases.UNKNOWN,
            new long[0],
            new int[0],
            new long[0],
            new long[0]),
        null);
  }

  @Test
  void passing_afterRefusals_thoseThatCountLeaveFewer() {
    List<Probe> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      before.add(probe(0, true));
    }
    for (int i = 1; i <= 10; i++) {
      before.add(probe(i, i % 2 == 0));
    }
    List<Probe> burst = List.of(probe(10, true), probe(10.01, true), probe(10.02, true));

    // 20 at first, two a second for 10 s, 5 of which were used; and 5 that were refused.
    assertThat(new RequestsLevel(2, 20, 0).passing(before, 20, burst)).isEqualTo(15);
    assertThat(new RequestsLevel(2, 20, 1).passing(before, 20, burst)).isEqualTo(10);
    assertThat(new RequestsLevel(2, 20, 1).passing(before, 30, burst)).isEqualTo(15);
  }
}
