package dev.candor.mock.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A token is up to six letters or digits of ASCII with the space before them, a run of other white
 * space, or one other character. English prose has about 1.5 of them a word, where real
 * vocabularies have 1.3; every word that the mock answers with is one. An id is a hash of the
 * token's text.
 */
public final class WordTokenizer implements PromptTokenizer {
  static final WordTokenizer INSTANCE = new WordTokenizer();
  private static final int LONGEST = 6;

  private WordTokenizer() {}

  @Override
  public int[] encode(String text) {
    int[] ids = new int[16 + text.length() / 4];
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      int end = end(text, at);
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
      }
      ids[count++] = id(text, at, end);
      at = end;
    }
    return Arrays.copyOf(ids, count);
  }

  /** The texts of the first {@code most} tokens; joined, all of them are {@code text}. */
  public static List<String> split(String text, int most) {
    List<String> tokens = new ArrayList<>();
    for (int at = 0; at < text.length() && tokens.size() < most; ) {
      int end = end(text, at);
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }

  private static int end(String text, int start) {
    int length = text.length();
    int at = start;
    if (text.charAt(at) == ' ' && at + 1 < length && isWord(text.charAt(at + 1))) {
      at++;
    }
    if (isWord(text.charAt(at))) {
      int limit = Math.min(length, at + LONGEST);
      while (at < limit && isWord(text.charAt(at))) {
        at++;
      }
      return at;
    }
    if (isSpace(text.charAt(at))) {
      while (at < length && isSpace(text.charAt(at)) && !leadsWord(text, at)) {
        at++;
      }
      return Math.max(at, start + 1);
    }
    boolean pair =
        Character.isHighSurrogate(text.charAt(at))
            && at + 1 < length
            && Character.isLowSurrogate(text.charAt(at + 1));
    return at + (pair ? 2 : 1);
  }

  private static boolean leadsWord(String text, int at) {
    return text.charAt(at) == ' ' && at + 1 < text.length() && isWord(text.charAt(at + 1));
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  private static int id(String text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
