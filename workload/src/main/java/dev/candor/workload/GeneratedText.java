package dev.candor.workload;

import dev.candor.workload.token.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Makes plain English words of an exact number of tokens. <b>Safe for use by several threads.</b>
 */
final class GeneratedText {
  /*
   * Most common words are one token with the space before them, whatever the tokenizer. Those that
   * are, joined, make as many tokens as words; one count at the end catches the exceptions, and
   * words are added or dropped until it is right.
   */
  private static final int CORRECTIONS = 16;

  private final Tokenizer tokenizer;
  private final List<String> words;

  GeneratedText(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    List<String> single = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (String word : resource().split("\\s+")) {
      all.add(" " + word);
      // Doubled, so that a tokenizer which sees the first word otherwise does not matter.
      if (tokenizer.count("a " + word + " " + word) - tokenizer.count("a " + word) == 1) {
        single.add(" " + word);
      }
    }
    this.words = single.size() >= 50 ? single : all;
  }

  /**
   * Text that makes {@code tokens} tokens after {@code prefix}; the prefix is part of the result
   * and of the count.
   */
  String text(String prefix, int tokens, RandomGenerator random) {
    StringBuilder text = new StringBuilder(prefix.length() + tokens * 7).append(prefix);
    int missing = tokens - (prefix.isEmpty() ? 0 : tokenizer.count(prefix));
    for (int round = 0; round < CORRECTIONS && missing != 0; round++) {
      if (missing > 0) {
        for (int i = 0; i < missing; i++) {
          String word = words.get(random.nextInt(words.size()));
          text.append(text.isEmpty() ? word.substring(1) : word);
        }
      } else {
        for (int i = 0; i < -missing; i++) {
          int lastSpace = text.lastIndexOf(" ");
          if (lastSpace < prefix.length()) {
            return text.toString();
          }
          text.setLength(lastSpace);
        }
      }
      missing = tokens - tokenizer.count(text.toString());
    }
    return text.toString();
  }

  private static String resource() {
    try (InputStream in = GeneratedText.class.getResourceAsStream("words.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
