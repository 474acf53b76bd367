package dev.candor.workload;

import dev.candor.base.random.Seed;
import java.util.Arrays;

/**
 * Counts how much of each prompt stood at the beginning of an earlier one: what a prefix cache
 * without bounds would serve. <b>Safe for use by several threads.</b>
 */
public final class SharedPrefixes {
  /*
   * Prompts are compared by their text, in blocks of 64 characters, about 16 tokens: to tokenize
   * each for it would cost more than all else that is done to it. Each block is known by a hash of
   * it and all before it. The tokens of a prompt are shared out evenly over its characters. The
   * hashes are in a table of open addressing; when it is full, nothing more is counted, rather
   * than wrongly.
   */
  private static final int BLOCK_CHARACTERS = 64;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int LEAST_PLACES = 1 << 12;

  /** What {@link #count} returns once there were more blocks than it remembers. */
  public static final int UNCOUNTED = -1;

  private final int mostBlocks;
  private long[] table = new long[LEAST_PLACES];
  private int blocks;

  /** Remembers four million blocks, a quarter of a billion characters, in 64 MiB. */
  public SharedPrefixes() {
    this(1 << 22);
  }

  SharedPrefixes(int mostBlocks) {
    this.mostBlocks = mostBlocks;
  }

  /** Tokens of {@code prompt} that an earlier one began with, and remembers it. */
  public synchronized int count(Prompt prompt) {
    long hash = 0;
    int inBlock = 0;
    long characters = 0;
    long shared = 0;
    boolean same = true;
    for (Prompt.Message message : prompt.messages()) {
      hash = Seed.mixed(hash ^ message.role().hashCode());
      String content = message.content();
      characters += content.length();
      for (int i = 0; i < content.length(); i++) {
        hash = hash * FACTOR + content.charAt(i);
        if (++inBlock == BLOCK_CHARACTERS) {
          hash = Seed.mixed(hash);
          if (blocks >= mostBlocks) {
            return UNCOUNTED;
          }
          same = !add(hash) && same;
          shared += same ? BLOCK_CHARACTERS : 0;
          inBlock = 0;
        }
      }
    }
    return characters == 0 ? 0 : (int) (shared * prompt.inputTokens() / characters);
  }

  /** Whether {@code hash} is new. */
  private boolean add(long hash) {
    long key = hash == 0 ? 1 : hash;
    int at = place(key, table);
    if (table[at] == key) {
      return false;
    }
    table[at] = key;
    if (++blocks * 2 > table.length) {
      long[] old = table;
      table = new long[old.length * 2];
      Arrays.stream(old)
          .filter(each -> each != 0)
          .forEach(each -> table[place(each, table)] = each);
    }
    return true;
  }

  private static int place(long key, long[] table) {
    int at = (int) key & table.length - 1;
    while (table[at] != 0 && table[at] != key) {
      at = at + 1 & table.length - 1;
    }
    return at;
  }
}
