package dev.candor.engine.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which replicas have computed a prefix lately. <b>For one thread.</b> */
final class PrefixIndex {
  /*
   * Asking every replica of a large pool for the prefix of every request would cost more than all
   * its engines do. So it is noted who has computed the first 1, 2, 4, 8, ... blocks of a request,
   * and only those who have are asked: the deepest first, as nobody who is missing there can have
   * more. Of each prefix the last MOST_HOLDERS are known, so that a pool that is no larger is
   * searched in full; and so many prefixes, the least lately used going first.
   */
  static final int MOST_HOLDERS = 16;
  private static final int LEAST_PREFIXES = 1 << 16;
  private static final int MOST_PREFIXES = 1 << 20;
  private static final int PREFIXES_A_REPLICA = 1 << 10;
  private static final float LOAD_FACTOR = 0.75f;
  private static final int[] NOBODY = {};

  private final Map<Long, Holders> holders;

  PrefixIndex(int replicas) {
    int most = Math.clamp((long) PREFIXES_A_REPLICA * replicas, LEAST_PREFIXES, MOST_PREFIXES);
    holders =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Holders> eldest) {
            return size() > most;
          }
        };
  }

  /** The most blocks, of so many, for which it is known who has them; 0 where there are none. */
  static int deepest(int blocks) {
    return Integer.highestOneBit(blocks);
  }

  /** Notes that {@code replica} computes all blocks of {@code hashes}. */
  void add(long[] hashes, int replica) {
    for (int blocks = deepest(hashes.length); blocks > 0; blocks /= 2) {
      holders.computeIfAbsent(hashes[blocks - 1], hash -> new Holders()).add(replica);
    }
  }

  /** Who has the first {@code blocks} of {@code hashes}, a power of two; to be read at once. */
  int[] of(long[] hashes, int blocks) {
    @Nullable Holders found = holders.get(hashes[blocks - 1]);
    return found == null ? NOBODY : found.replicas;
  }

  /** The last ones, the latest last. */
  private static final class Holders {
    int[] replicas = NOBODY;

    void add(int replica) {
      int at = 0;
      while (at < replicas.length && replicas[at] != replica) {
        at++;
      }
      if (at == replicas.length && at < MOST_HOLDERS) {
        replicas = Arrays.copyOf(replicas, at + 1);
      } else {
        int out = at == replicas.length ? 0 : at;
        System.arraycopy(replicas, out + 1, replicas, out, replicas.length - out - 1);
      }
      replicas[replicas.length - 1] = replica;
    }
  }
}
