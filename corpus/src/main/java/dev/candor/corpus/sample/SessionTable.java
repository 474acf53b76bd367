package dev.candor.corpus.sample;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import java.util.Arrays;

/**
 * What a sample needs to know: 12 bytes of every session, and 12 of every request. <b>For one
 * thread.</b>
 */
final class SessionTable {
  private static final Seed ALONE = new Seed(0).derive("sessions that share with nobody");

  private final PrefixSketch sketch;
  private final int mostTogether;
  private final SeenPrefixes seen = new SeenPrefixes();
  private long[] groups = new long[64];

  /** The first request of each session. */
  private int[] first = new int[65];

  private int sessions;
  private int[] input = new int[64];
  private int[] output = new int[64];
  private int[] cached = new int[64];
  private int requests;

  /**
   * @param sketch of the same sessions
   * @param mostTogether sessions that are kept or left together at most
   */
  SessionTable(PrefixSketch sketch, int mostTogether) {
    this.sketch = sketch;
    this.mostTogether = mostTogether;
  }

  /** Takes the next row of the corpus. */
  void add(CorpusRow row) {
    if (row.session() == sessions) {
      begin(row);
    } else if (row.session() != sessions - 1) {
      throw CandorException.user(
          "session %d comes after session %d: this corpus is damaged; import its source again"
              .formatted(row.session(), sessions - 1));
    }
    if (requests == input.length) {
      input = Arrays.copyOf(input, 2 * requests);
      output = Arrays.copyOf(output, 2 * requests);
      cached = Arrays.copyOf(cached, 2 * requests);
    }
    input[requests] = row.inputTokens();
    output[requests] = Math.max(0, row.outputTokens());
    cached[requests] = seen.add(row);
    requests++;
    first[sessions] = requests;
  }

  private void begin(CorpusRow row) {
    if (sessions == groups.length) {
      groups = Arrays.copyOf(groups, 2 * sessions);
      first = Arrays.copyOf(first, 2 * sessions + 1);
    }
    int depth = sketch.depth(row.blocks(), mostTogether);
    groups[sessions] = depth < 0 ? ALONE.derive(sessions).value() : Seed.mixed(row.blocks()[depth]);
    sessions++;
  }

  int sessions() {
    return sessions;
  }

  int requests() {
    return requests;
  }

  /** All in units that are kept or left together: sessions that share a beginning. */
  Units units() {
    long[] distinct = Arrays.copyOf(groups, sessions);
    Arrays.sort(distinct);
    int units = 0;
    for (int i = 0; i < sessions; i++) {
      if (i == 0 || distinct[i] != distinct[i - 1]) {
        distinct[units++] = distinct[i];
      }
    }
    int[] unitOf = new int[sessions];
    int[] starts = new int[units + 1];
    for (int session = 0; session < sessions; session++) {
      unitOf[session] = Arrays.binarySearch(distinct, 0, units, groups[session]);
      starts[unitOf[session] + 1]++;
    }
    for (int unit = 0; unit < units; unit++) {
      starts[unit + 1] += starts[unit];
    }
    int[] next = starts.clone();
    int[] order = new int[sessions];
    for (int session = 0; session < sessions; session++) {
      order[next[unitOf[session]]++] = session;
    }
    return new Units(order, starts, first, input, output, cached);
  }
}
