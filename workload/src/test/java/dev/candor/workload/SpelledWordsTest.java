package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpelledWordsTest {
  private static final Tokenizer TOKENIZER = Tokenizers.open("o200k_base");
  private static final GeneratedText TEXT = new GeneratedText(TOKENIZER);

  private static String start(SpelledWords words, long number, int count) {
    Supplier<String> next = words.of(number);
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < count; i++) {
      start.append(next.get());
    }
    return start.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -77})
  void texts_differInTheirFirstFourWords(long seed) {
    SpelledWords words = new SpelledWords(TEXT.words(), new Seed(seed));
    TextNumbers numbers = new TextNumbers(2);
    Set<String> starts = new HashSet<>();
    int made = 0;
    for (int i = 0; i < 2000; i++) {
      starts.add(start(words, numbers.document(0, i), 4));
      starts.add(start(words, numbers.document(1, i), 4));
      starts.add(start(words, numbers.system(1, i), 4));
      starts.add(start(words, numbers.tool(0, i), 4));
      made += 4;
    }
    for (int session = 0; session < 1000; session++) {
      for (int strand = 0; strand < 3; strand++) {
        for (int place = 0; place < 6; place++) {
          starts.add(start(words, TextNumbers.own(session * 37L, strand, place), 4));
          made++;
        }
      }
    }
    assertThat(made).isGreaterThan(20_000);
    assertThat(starts).hasSize(made);
  }

  @Test
  void numbers_belowBaseToTheFourth_allDifferInFourWords() {
    SpelledWords words =
        new SpelledWords(List.of(" a", " b", " c", " d", " e", " f", " g", " h"), new Seed(6));
    Set<String> starts = new HashSet<>();
    // 7 is the largest prime that eight words allow as a base.
    for (int number = 0; number < 7 * 7 * 7 * 7; number++) {
      starts.add(start(words, number, 4));
    }
    assertThat(starts).hasSize(7 * 7 * 7 * 7);
  }

  @Test
  void numbers_ofLongSessionsAndManySessions_areUnique() {
    Set<Long> own = new HashSet<>();
    int made = 0;
    for (long session : new long[] {0, 1, 2, 1L << 14, 1L << 20, (1L << 29) - 1}) {
      for (int strand : new int[] {0, 1, 40, 300}) {
        for (int place = 0; place < 900; place++) {
          long number = TextNumbers.own(session, strand, place);
          assertThat(number).isBetween(0L, 1L << 51).isEven();
          own.add(number);
          made++;
        }
      }
    }
    assertThat(own).hasSize(made);
    assertThat(new TextNumbers(1).document(0, 0)).isOdd();
  }

  @Test
  void neighbours_differInTheFirstWord() {
    SpelledWords words = new SpelledWords(TEXT.words(), new Seed(1));
    Set<String> firsts = new HashSet<>();
    for (int session = 0; session < 300; session++) {
      firsts.add(start(words, TextNumbers.own(session, 0, 0), 1));
    }
    assertThat(firsts).hasSize(300);
  }

  @Test
  void texts_areTheSameForTheSameSeed_andOthersForAnother() {
    String text = start(new SpelledWords(TEXT.words(), new Seed(3)), 12, 40);
    assertThat(start(new SpelledWords(TEXT.words(), new Seed(3)), 12, 40)).isEqualTo(text);
    assertThat(start(new SpelledWords(TEXT.words(), new Seed(4)), 12, 40)).isNotEqualTo(text);
    assertThat(start(new SpelledWords(TEXT.words(), new Seed(3)), 13, 40)).isNotEqualTo(text);
  }
}
