package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GeneratedTextTest {

  /** Counts words, two of them in a row that begin alike as one. */
  private static final class Merging implements Tokenizer {
    @Override
    public String name() {
      return "merging";
    }

    @Override
    public int count(String text) {
      int count = 0;
      char last = 0;
      for (String word : text.strip().split(" ")) {
        if (word.charAt(0) == last) {
          last = 0;
        } else {
          count++;
          last = word.charAt(0);
        }
      }
      return count;
    }

    @Override
    public int[] encode(String text) {
      return new int[count(text)];
    }

    @Override
    public String decode(int[] tokens) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void text_whereNeighboursMerge_isCountedUntilItIsRight() {
    Tokenizer tokenizer = new Merging();
    GeneratedText words = new GeneratedText(tokenizer);
    for (int i = 0; i < 50; i++) {
      GeneratedText.Counted text = words.text(300, new Seed(i).stream());
      assertThat(text.tokens()).isEqualTo(300).isEqualTo(tokenizer.count(text.text()));
    }
  }

  @Test
  void text_behindAPrefixWhoseTokensDoNotAddUp_isCountedAsAWhole() {
    Tokenizer tokenizer = new Merging();
    GeneratedText words = new GeneratedText(tokenizer);
    // Two of them join where they meet.
    GeneratedText.Counted prefix = new GeneratedText.Counted("time to take", 4);
    for (int tokens = 3; tokens < 8; tokens++) {
      GeneratedText.Counted text = words.text(prefix, tokens, new Seed(tokens).stream());
      assertThat(text.tokens()).isEqualTo(tokens).isEqualTo(tokenizer.count(text.text()));
    }
  }

  @Test
  void continuation_addsItsTokensToAnyText() {
    Tokenizer tokenizer = Tokenizers.open("cl100k_base");
    GeneratedText words = new GeneratedText(tokenizer);
    String before = "[8f3a] What follows";
    for (int i = 0; i < 50; i++) {
      GeneratedText.Counted text = words.continuation(512, new Seed(i).stream());
      assertThat(tokenizer.count(before + text.text()) - tokenizer.count(before))
          .isEqualTo(512)
          .isEqualTo(text.tokens());
    }
  }

  @Test
  void text_ofAnEncodingWhoseWordsAddUp_isNotCountedAsAWhole() {
    AtomicLong counted = new AtomicLong();
    Tokenizer encoding = Tokenizers.open("o200k_base");
    Tokenizer counting =
        new Tokenizer() {
          @Override
          public String name() {
            return encoding.name();
          }

          @Override
          public int count(String text) {
            counted.addAndGet(text.length());
            return encoding.count(text);
          }

          @Override
          public int[] encode(String text) {
            return encoding.encode(text);
          }

          @Override
          public String decode(int[] tokens) {
            return encoding.decode(tokens);
          }
        };
    GeneratedText words = new GeneratedText(counting);
    long opening = counted.get();
    GeneratedText.Counted text = words.text(50_000, new Seed(1).stream());
    assertThat(counted.get() - opening).isLessThan(100);
    assertThat(encoding.count(text.text())).isEqualTo(50_000);
  }
}
