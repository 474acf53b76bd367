package dev.candor.corpus.shape;

import dev.candor.base.random.Seed;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The hit rate that a prefix cache of a given size allows, for requests that come one after the
 * other: each is over before the next begins. <b>For one thread.</b>
 *
 * <p>By vLLM's rules (docs/engine.md): whole blocks alone, the last token is always computed, the
 * block that was used longest ago goes first, of one prompt its end before its beginning. Answers
 * take blocks too, and are never found again.
 */
public final class PrefixCacheModel {
  private static final Seed PARTS = new Seed(0).derive("parts of blocks");
  private static final Seed ANSWERS = new Seed(0).derive("blocks of answers");

  private final long capacityBlocks;
  private final int blockTokens;

  /** Blocks from the one that was used longest ago to the latest. */
  private final SequencedMap<Long, Boolean> cached = new LinkedHashMap<>(64, 0.75f, true);

  private long answerBlocks;
  private long inputTokens;
  private long hitTokens;
  private long tooLong;

  /**
   * @param capacityTokens of the whole cache
   * @param blockTokens of the server's blocks; a request's blocks are taken apart into them where
   *     they are a multiple
   */
  public PrefixCacheModel(long capacityTokens, int blockTokens) {
    this.capacityBlocks = capacityTokens / blockTokens;
    this.blockTokens = blockTokens;
  }

  /** Serves {@code request}; one that the cache could never hold is turned away. */
  public void add(RequestShape request) {
    inputTokens += request.inputTokens();
    long tokens = (long) request.inputTokens() + Math.max(0, request.outputTokens());
    long needed = (tokens + blockTokens - 1) / blockTokens;
    if (needed > capacityBlocks) {
      tooLong++;
      return;
    }
    long[] whole = wholeBlocks(request);
    int most = Math.min(whole.length, (request.inputTokens() - 1) / blockTokens);
    int hits = 0;
    while (hits < most && cached.get(whole[hits]) != null) {
      hits++;
    }
    hitTokens += (long) hits * blockTokens;
    for (long i = needed - 1; i >= whole.length; i--) {
      cached.put(ANSWERS.derive(answerBlocks++).value(), true);
    }
    for (int i = whole.length - 1; i >= 0; i--) {
      cached.put(whole[i], true);
    }
    while (cached.size() > capacityBlocks) {
      cached.pollFirstEntry();
    }
  }

  private long[] wholeBlocks(RequestShape request) {
    int parts = request.blockTokens() / blockTokens;
    if (parts == 0 || request.blockTokens() % blockTokens != 0) {
      return new long[0];
    }
    long known =
        Math.min(request.inputTokens(), (long) request.blocks().length * parts * blockTokens);
    long[] whole = new long[(int) (known / blockTokens)];
    for (int i = 0; i < whole.length; i++) {
      long block = request.blocks()[i / parts];
      whole[i] = parts == 1 ? block : PARTS.derive(block).derive(i % parts).value();
    }
    return whole;
  }

  /** Input tokens found in the cache, of all, from 0 to 1. */
  public double hitRate() {
    return inputTokens == 0 ? 0 : (double) hitTokens / inputTokens;
  }

  /** Requests that the cache could never hold. */
  public long tooLong() {
    return tooLong;
  }
}
