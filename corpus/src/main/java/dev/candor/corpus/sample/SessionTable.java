package dev.candor.corpus.sample;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import java.util.Arrays;

/** What a sample needs to know of every session, in 28 bytes each. <b>For one thread.</b> */
final class SessionTable {
  private static final Seed ALONE = new Seed(0).derive("sessions that share with nobody");

  private final PrefixSketch sketch;
  private final int mostTogether;
  private int[] requests = new int[64];
  private long[] inputTokens = new long[64];
  private long[] outputTokens = new long[64];
  private long[] groups = new long[64];
  private int sessions;
  private long allRequests;

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
    int session = sessions - 1;
    requests[session]++;
    allRequests++;
    inputTokens[session] += row.inputTokens();
    outputTokens[session] += Math.max(0, row.outputTokens());
  }

  private void begin(CorpusRow row) {
    if (sessions == requests.length) {
      requests = Arrays.copyOf(requests, 2 * sessions);
      inputTokens = Arrays.copyOf(inputTokens, 2 * sessions);
      outputTokens = Arrays.copyOf(outputTokens, 2 * sessions);
      groups = Arrays.copyOf(groups, 2 * sessions);
    }
    int depth = sketch.depth(row.blocks(), mostTogether);
    groups[sessions] = depth < 0 ? ALONE.derive(sessions).value() : Seed.mixed(row.blocks()[depth]);
    sessions++;
  }

  int sessions() {
    return sessions;
  }

  long requests() {
    return allRequests;
  }

  /** The sessions in units that are kept or left together: those that share a beginning. */
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
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] order = new int[sessions];
    for (int session = 0; session < sessions; session++) {
      order[next[unitOf[session]]++] = session;
    }
    int[] weights = new int[units];
    int[] input = new int[units];
    int[] output = new int[units];
    for (int unit = 0; unit < units; unit++) {
      long inputSum = 0;
      long outputSum = 0;
      for (int i = starts[unit]; i < starts[unit + 1]; i++) {
        weights[unit] += requests[order[i]];
        inputSum += inputTokens[order[i]];
        outputSum += outputTokens[order[i]];
      }
      input[unit] = (int) (inputSum / weights[unit]);
      output[unit] = (int) (outputSum / weights[unit]);
    }
    return new Units(order, starts, weights, input, output);
  }
}
