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
  private static final int MOST_BLOCKS = 1 << 22;

  /** Of prompts once there were more blocks than it remembers. */
  public static final int UNCOUNTED = -1;

  private final int mostBlocks;
  private long[] table;
  private int blocks;
  private boolean overflowed;

  /** Remembers four million blocks, a quarter of a billion characters, in up to 64 MiB. */
  public SharedPrefixes() {
    this(MOST_BLOCKS);
  }

  SharedPrefixes(int mostBlocks) {
    this(mostBlocks, LEAST_PLACES);
  }

  private SharedPrefixes(int mostBlocks, int places) {
    this.mostBlocks = mostBlocks;
    this.table = new long[places];
  }

  /**
   * The same with all its memory from the start: of a run that will need it anyway, and whose heap
   * is looked at for leaks.
   */
  public static SharedPrefixes reserved() {
    return new SharedPrefixes(MOST_BLOCKS, 2 * MOST_BLOCKS);
  }

  /**
   * A prompt that was counted, and where its text ended.
   *
   * @param tokens that an earlier prompt, with its answer, began with; {@link #UNCOUNTED}
   */
  public record Counted(int tokens, long hash, int inBlock) {}

  /** Counts {@code prompt}, and remembers it. */
  public synchronized Counted count(Prompt prompt) {
    Chain chain = new Chain(0, 0);
    long characters = 0;
    for (Prompt.Message message : prompt.messages()) {
      characters += message.content().length();
      chain.add(message.role(), message.content());
    }
    int tokens =
        overflowed
            ? UNCOUNTED
            : characters == 0 ? 0 : (int) (chain.shared * prompt.inputTokens() / characters);
    return new Counted(tokens, chain.hash, chain.inBlock);
  }

  /** Remembers the server's answer behind {@code prompt}: its cache holds that too. */
  public synchronized void answered(Counted prompt, String answer) {
    new Chain(prompt.hash(), prompt.inBlock()).add("assistant", answer);
  }

  /** Text, block by block. */
  private final class Chain {
    long hash;
    int inBlock;
    long shared;
    boolean same = true;

    Chain(long hash, int inBlock) {
      this.hash = hash;
      this.inBlock = inBlock;
    }

    void add(String role, String content) {
      hash = Seed.mixed(hash ^ role.hashCode());
      for (int i = 0; i < content.length(); i++) {
        hash = hash * FACTOR + content.charAt(i);
        if (++inBlock == BLOCK_CHARACTERS) {
          endBlock();
        }
      }
    }

    private void endBlock() {
      hash = Seed.mixed(hash);
      inBlock = 0;
      if (blocks < mostBlocks) {
        same = !SharedPrefixes.this.add(hash) && same;
        shared += same ? BLOCK_CHARACTERS : 0;
      } else {
        overflowed = true;
      }
    }
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
