package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes plain English words of an exact number of tokens. <b>Safe for use by several threads.</b>
 */
final class GeneratedText {
  /*
   * Most common words are one token with the space before them, whatever the tokenizer. Those that
   * are, joined, make as many tokens as words: pre-tokenizers split ahead of a space. That is tried
   * on all of them, in several orders, when the tokenizer is opened; from then on nothing is counted,
   * so that a prompt of 50,000 tokens costs no more than its letters. A tokenizer for which it does
   * not hold counts every text, and words are added or dropped until it is right. One that joins so
   * few pairs of words that no order met any is off by about as few.
   */
  private static final int CORRECTIONS = 16;
  private static final int ORDERS = 4;

  private final Tokenizer tokenizer;
  private final List<String> words;
  private final boolean additive;

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
    this.words = List.copyOf(single.size() >= 50 ? single : all);
    this.additive = addsUp();
  }

  /** Text and the tokens that it makes. */
  record Counted(String text, int tokens) {}

  /** The words that texts are made of, each behind a space. */
  List<String> words() {
    return words;
  }

  /** Whether the tokens of texts that are put together are the sum of theirs. */
  boolean addsUpWhenJoined() {
    return additive;
  }

  /** Text of {@code tokens} tokens. */
  Counted text(int tokens, RandomGenerator random) {
    return text(new Counted("", 0), tokens, random);
  }

  /**
   * Text that makes {@code tokens} tokens after {@code prefix}; the prefix is part of the result
   * and of the count.
   */
  Counted text(Counted prefix, int tokens, RandomGenerator random) {
    return text(prefix, tokens, anyOf(random));
  }

  /** As above, of the words that {@code next} gives, each a space and one of {@link #words}. */
  Counted text(Counted prefix, int tokens, Supplier<String> next) {
    StringBuilder text =
        new StringBuilder(prefix.text().length() + Math.max(0, tokens - prefix.tokens()) * 7)
            .append(prefix.text());
    int has = prefix.tokens();
    if (additive) {
      if (text.isEmpty() && tokens > 0) {
        String word = next.get().substring(1);
        text.append(word);
        has = tokenizer.count(word);
      }
      for (; has < tokens; has++) {
        text.append(next.get());
      }
      if (has == tokens) {
        return new Counted(text.toString(), has);
      }
    }
    return corrected(text, prefix.text().length(), tokens, next);
  }

  /** Text that continues another, so with a space ahead of it, and makes it that much longer. */
  Counted continuation(int tokens, RandomGenerator random) {
    return continuation(tokens, anyOf(random));
  }

  /** As above, of the words that {@code next} gives. */
  Counted continuation(int tokens, Supplier<String> next) {
    if (additive) {
      StringBuilder text = new StringBuilder(tokens * 7);
      for (int i = 0; i < tokens; i++) {
        text.append(next.get());
      }
      return new Counted(text.toString(), tokens);
    }
    Counted text = text(new Counted("", 0), tokens, next);
    return new Counted(" " + text.text(), text.tokens());
  }

  private Counted corrected(
      StringBuilder text, int prefixLength, int tokens, Supplier<String> next) {
    int has = text.isEmpty() ? 0 : tokenizer.count(text.toString());
    for (int round = 0; round < CORRECTIONS && has != tokens; round++) {
      for (; has < tokens; has++) {
        String word = next.get();
        text.append(text.isEmpty() ? word.substring(1) : word);
      }
      for (; has > tokens; has--) {
        int lastSpace = text.lastIndexOf(" ");
        if (lastSpace < prefixLength) {
          return counted(text);
        }
        text.setLength(lastSpace);
      }
      has = tokenizer.count(text.toString());
    }
    return counted(text);
  }

  private Counted counted(StringBuilder text) {
    return new Counted(text.toString(), tokenizer.count(text.toString()));
  }

  private Supplier<String> anyOf(RandomGenerator random) {
    return () -> words.get(random.nextInt(words.size()));
  }

  private boolean addsUp() {
    String salt = Salt.of(0, tokenizer).text();
    List<String> order = new ArrayList<>(words);
    RandomGenerator random = new Seed(1).derive("orders").stream();
    for (int i = 0; i < ORDERS; i++) {
      Collections.shuffle(order, random);
      if (tokenizer.count(salt + String.join("", order)) != tokenizer.count(salt) + order.size()) {
        return false;
      }
    }
    return true;
  }

  private static String resource() {
    try (InputStream in = GeneratedText.class.getResourceAsStream("words.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
