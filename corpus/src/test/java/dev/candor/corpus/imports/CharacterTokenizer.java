package dev.candor.corpus.imports;

import dev.candor.token.Tokenizer;

/** A token a character. */
final class CharacterTokenizer implements Tokenizer {
  @Override
  public String name() {
    return "characters";
  }

  @Override
  public int count(String text) {
    return text.length();
  }

  @Override
  public int[] encode(String text) {
    return text.chars().toArray();
  }

  @Override
  public String decode(int[] tokens) {
    return new String(tokens, 0, tokens.length);
  }
}
