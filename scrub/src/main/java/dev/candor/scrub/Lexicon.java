package dev.candor.scrub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Known words by a 64-bit hash of their lower case, which the scan computes on its way. Two of some
 * thousand words never share one; that a foreign word shares one with them has odds of 1 in 10^15.
 * <b>Safe for use by several threads.</b>
 */
final class Lexicon {
  static final long EMPTY_WORD = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  private static final Lexicon SHIPPED = read("cues.txt");

  private final long[] hashes;
  private final long[] cues;
  private final int mask;

  private Lexicon(Map<Long, Long> words) {
    int size = Integer.highestOneBit(words.size() * 4) * 2;
    hashes = new long[size];
    cues = new long[size];
    mask = size - 1;
    words.forEach(
        (hash, flags) -> {
          int slot = slot(hash);
          while (cues[slot] != 0) {
            slot = (slot + 1) & mask;
          }
          hashes[slot] = hash;
          cues[slot] = flags;
        });
  }

  static Lexicon shipped() {
    return SHIPPED;
  }

  private static Lexicon read(String name) {
    Map<Long, Long> words = new HashMap<>();
    try (InputStream bytes = Objects.requireNonNull(Lexicon.class.getResourceAsStream(name), name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] parts = line.split(":", 2);
        Cue cue = Cue.valueOf(parts[0]);
        for (String word : parts[1].trim().split(" +")) {
          words.merge(hash(word), cue.bit(), (a, b) -> a | b);
          // Many write José as Jose.
          String plain = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
          words.merge(hash(plain), cue.bit(), (a, b) -> a | b);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lexicon(words);
  }

  /** The hash of a word of which {@code hash} has all but the last character. */
  static long with(long hash, char c) {
    return (hash ^ lower(c)) * PRIME;
  }

  private static char lower(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return Character.toLowerCase(c);
  }

  static long hash(String word) {
    long hash = EMPTY_WORD;
    for (int i = 0; i < word.length(); i++) {
      hash = with(hash, word.charAt(i));
    }
    return hash;
  }

  /** The bits of the word's cues, 0 for an unknown one. */
  long cues(long hash) {
    int slot = slot(hash);
    while (cues[slot] != 0) {
      if (hashes[slot] == hash) {
        return cues[slot];
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  long cues(Text text, int start, int end) {
    long hash = EMPTY_WORD;
    for (int i = start; i < end; i++) {
      hash = with(hash, text.at(i));
    }
    return cues(hash);
  }

  private int slot(long hash) {
    return (int) (hash ^ (hash >>> 32)) & mask;
  }
}
