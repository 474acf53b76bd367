package dev.candor.workload;

import dev.candor.base.random.Seed;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The text of prefix blocks: the same for the same id. What was made is kept, within bounds.
 * <b>Safe for use by several threads.</b>
 */
final class BlockText {
  private static final long LETTERS_KEPT = 64L << 20;

  /** What a block takes beside its letters, about. */
  private static final int LETTERS_A_BLOCK = 100;

  private final GeneratedText words;
  private final Seed seed;
  private final ConcurrentMap<Key, GeneratedText.Counted> kept = new ConcurrentHashMap<>();
  private final AtomicLong lettersKept = new AtomicLong();

  BlockText(GeneratedText words, Seed seed) {
    this.words = words;
    this.seed = seed.derive("block");
  }

  private record Key(long id, int tokens) {}

  /** The block {@code id} of {@code tokens} tokens, to be put behind other text. */
  GeneratedText.Counted whole(long id, int tokens) {
    Key key = new Key(id, tokens);
    GeneratedText.Counted known = kept.get(key);
    if (known != null) {
      return known;
    }
    GeneratedText.Counted made = beginning(id, tokens);
    long letters = made.text().length() + LETTERS_A_BLOCK;
    if (lettersKept.addAndGet(letters) > LETTERS_KEPT) {
      lettersKept.addAndGet(-letters);
    } else if (kept.putIfAbsent(key, made) != null) {
      lettersKept.addAndGet(-letters);
    }
    return made;
  }

  /** The first {@code tokens} of the block {@code id}. */
  GeneratedText.Counted beginning(long id, int tokens) {
    return words.continuation(tokens, seed.derive(id).stream());
  }
}
