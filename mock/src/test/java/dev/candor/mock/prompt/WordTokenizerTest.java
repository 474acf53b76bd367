package dev.candor.mock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.candor.base.random.Seed;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordTokenizerTest {
  private static final PromptTokenizer WORDS = PromptTokenizer.words();
  private static final String[] PIECES = {
    "the",
    "internationalization",
    "42",
    " ",
    "  ",
    "\n",
    "\t ",
    "\r\n",
    ".",
    "\"",
    "é",
    "日本",
    "😀",
    "👩‍💻",
    "\uD83D",
    "\uDE00",
    "_",
    "\u0000",
    "\u00A0"
  };

  private static List<String> split(String text) {
    return WordTokenizer.split(text, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void split_joined_isTheText(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      List<String> tokens = split(text.toString());
      assertThat(String.join("", tokens)).as("seed %d", seed).isEqualTo(text.toString());
      assertThat(tokens).doesNotContain("");
      assertThat(WORDS.encode(text.toString()))
          .as("seed %d, '%s'", seed, text)
          .containsExactly(tokens.stream().mapToInt(token -> WORDS.encode(token)[0]).toArray());
    }
  }

  @Test
  void split_cutsWordsSpaceAndTheRest() {
    assertThat(split("how are you")).containsExactly("how", " are", " you");
    assertThat(split("  how\n\n are")).containsExactly(" ", " how", "\n\n", " are");
    assertThat(split("internationalization")).containsExactly("intern", "ationa", "lizati", "on");
    assertThat(split(" people people1")).containsExactly(" people", " people", "1");
    assertThat(split("it's 日本, 😀!"))
        .containsExactly("it", "'", "s", " ", "日", "本", ",", " ", "😀", "!");
    assertThat(split("")).isEmpty();
  }

  @Test
  void split_most_isTheBeginning() {
    assertThat(WordTokenizer.split("how are you", 2)).containsExactly("how", " are");
    assertThat(WordTokenizer.split("how are you", 0)).isEmpty();
  }

  @Test
  void encode_equalTexts_haveEqualIds_othersNot() {
    assertThat(WORDS.encode("the cat the cat")).hasSize(4);
    int[] ids = WORDS.encode(" the cat the cat");
    assertThat(ids[0]).isEqualTo(ids[2]).isNotEqualTo(ids[1]);
    assertThat(ids[1]).isEqualTo(ids[3]);
  }

  /** Each was quadratic once in some tokenizer: a megabyte without a space, of spaces, of both. */
  @ParameterizedTest
  @ValueSource(strings = {"x", " ", " \n", "日", "\uD83D", "word "})
  @Timeout(20)
  void encode_aMegabyte_isLinear(String piece) {
    String text = piece.repeat(1_000_000 / piece.length());
    assertThatCode(() -> WORDS.encode(text)).doesNotThrowAnyException();
    assertThat(WORDS.encode(text)).hasSizeLessThanOrEqualTo(text.length());
  }
}
