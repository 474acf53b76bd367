package dev.candor.token;

/** Counts tokens and cuts text at them. <b>Safe for use by several threads.</b> */
public interface Tokenizer {

  /** The name that scenarios use: an encoding or a file. */
  String name();

  /** Tokens of {@code text}, without special ones around it. */
  int count(String text);

  int[] encode(String text);

  String decode(int[] tokens);
}
