package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequestNumbersTest {
  private final RequestNumbers numbers = new RequestNumbers();

  @Test
  void next_theClientsOwn_isTakenAsItIs() {
    assertThat(numbers.next("17", 1)).isEqualTo(new RequestNumbers.Numbered(17, 17));
    assertThat(numbers.next("-3", 1)).isEqualTo(new RequestNumbers.Numbered(-3, -3));
  }

  @Test
  void next_noNumberInTheHeader_isAsIfThereWereNone() {
    long drawn = new RequestNumbers().next(null, 5).drawn();
    for (String header : List.of("", "x", "1.5", "99999999999999999999")) {
      assertThat(new RequestNumbers().next(header, 5).drawn()).isEqualTo(drawn);
    }
  }

  @Test
  void next_sameQuestionAgain_drawsAnew() {
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      drawn.add(numbers.next(null, 5).drawn());
    }
    assertThat(drawn).hasSize(100);
  }

  /** The draws are the question's and its count's, whatever comes between. */
  @Test
  void next_orderOfArrival_changesNoDraw() {
    List<Long> first = Stream.of(1L, 1L, 1_000L, 9_000L).map(this::drawn).toList();
    RequestNumbers others = new RequestNumbers();
    assertThat(Stream.of(9_000L, 1L, 1_000L, 1L).map(asked -> others.next(null, asked).drawn()))
        .containsExactly(first.get(3), first.get(0), first.get(2), first.get(1));
  }

  private long drawn(long fingerprint) {
    return numbers.next(null, fingerprint).drawn();
  }

  @Test
  void next_laterTryOfARequest_drawsAnew_andIsToldByItsNumber() {
    RequestNumbers.Numbered again = numbers.next("70/2", 5);
    assertThat(again.told()).isEqualTo(70);
    assertThat(again.drawn())
        .isNotEqualTo(numbers.next("70", 5).drawn())
        .isNotEqualTo(numbers.next("70/3", 5).drawn())
        .isEqualTo(new RequestNumbers().next("70/2", 6).drawn());
  }

  @Test
  void told_isTheOrderOfArrival() {
    assertThat(numbers.next(null, 5).told()).isZero();
    assertThat(numbers.next("70", 5).told()).isEqualTo(70);
    assertThat(numbers.next(null, 6).told()).isEqualTo(2);
  }

  @Test
  void next_aQuestionOfLongAgo_isForgotten() {
    long drawn = drawn(7);
    assertThat(drawn(7)).isNotEqualTo(drawn);
    for (long other = 1_000; other < 101_000; other++) {
      drawn(other);
    }
    assertThat(drawn(7)).isEqualTo(drawn);
  }
}
