package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.CorpusRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeOrderTest {
  private final List<Long> passed = new ArrayList<>();
  private final TimeOrder order = new TimeOrder(row -> passed.add(row.line()));

  private void add(long session, int turn, long at, long line) {
    order.add(
        new CorpusRow(
            session,
            turn,
            new int[0],
            -1,
            at,
            "c",
            1,
            1,
            -1,
            0,
            new long[0],
            null,
            null,
            "s",
            line));
  }

  @Test
  void add_sessionsThatOverlap_comeInOrder() {
    add(0, 0, 0, 1);
    add(0, 1, 50, 4);
    add(0, 2, 100, 6);
    add(1, 0, 10, 2);
    assertThat(passed).containsExactly(1L);
    add(2, 0, 10, 3);
    add(2, 1, 60, 5);
    order.finish();
    assertThat(passed).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void add_withoutTimes_stayAsTheyCome() {
    add(0, 0, -1, 7);
    add(1, 0, -1, 3);
    assertThat(passed).containsExactly(7L, 3L);
  }

  @Test
  void add_sessionThatBeginsEarlier_isRefused() {
    add(0, 0, 10, 1);
    assertThatThrownBy(() -> add(1, 0, 9, 2))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("session 1 begins before");
  }
}
