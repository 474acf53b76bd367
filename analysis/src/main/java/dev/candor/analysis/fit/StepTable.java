package dev.candor.analysis.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What each step of a grid computed, by the scheduler's rules. <b>For one thread.</b> */
final class StepTable {
  /*
   * A request that got a token, and one in the step before, has decoded. One that got its first has
   * ended its prefill: where the step had room for the whole prompt it was computed there. Where it
   * had not (max_num_batched_tokens, a hypothesis here), the prompt's earlier chunks filled what was
   * left of the steps before; a client does not see them. How far back they go follows from the
   * sums, and where two answers are possible, from when the scheduler can have seen the request.
   */
  private static final int MOST_CHUNKS = 256;
  private static final int FEW_STEPS = 3;

  private final List<MeasuredAttempt> attempts;
  private final StepGrid grid;
  private final int budget;
  private final int blockSize;
  private final double overheadNanos;

  final int[] decodes;
  final int[] batch;
  final long[] prefill;
  final long[] context;
  final double[] pairs;

  /** Blocks of KV that the step's requests hold, where none is shared. */
  final long[] held;

  /** Whether the step followed the one before without a pause. */
  final boolean[] follows;

  /**
   * Requests that the scheduler had seen when the step began, and did not begin; those that wait
   * for few steps are left out, as the client's noise makes such.
   */
  final int[] waiting;

  /** The step in which an attempt's prefill began, -1 where it has none. */
  final int[] begun;

  private final boolean[] unclear;
  private final int most;
  private int preemptions;

  /**
   * @param budget tokens of a step at most
   * @param blockSize tokens of a KV block
   * @param overheadNanos from sending to the scheduler, and from a step's end to the client,
   *     together; NaN where unknown
   */
  StepTable(
      List<MeasuredAttempt> attempts,
      StepGrid grid,
      int budget,
      int blockSize,
      double overheadNanos) {
    this.blockSize = blockSize;
    this.attempts = attempts;
    this.grid = grid;
    this.budget = budget;
    this.overheadNanos = overheadNanos;
    int steps = grid.ends().length;
    decodes = new int[steps];
    batch = new int[steps];
    prefill = new long[steps];
    context = new long[steps];
    pairs = new double[steps];
    held = new long[steps];
    follows = new boolean[steps];
    waiting = new int[steps + 1];
    unclear = new boolean[steps];
    begun = new int[attempts.size()];
    Arrays.fill(begun, -1);
    for (int a = 0; a < attempts.size(); a++) {
      decode(a);
    }
    most = Math.max(1, most());
    IntStream.range(0, attempts.size())
        .filter(a -> attempts.get(a).answered())
        .boxed()
        .sorted(Comparator.comparingInt(a -> grid.stepOf()[a][0]))
        .forEach(this::prefill);
    countWaiting();
  }

  /** Times that a request was left out of steps and came back. */
  int preemptions() {
    return preemptions;
  }

  private void decode(int a) {
    MeasuredAttempt attempt = attempts.get(a);
    int[] steps = grid.stepOf()[a];
    int index = attempt.answered() ? Math.max(1, attempt.eventTokens()[0]) - 1 : 0;
    for (int e = 1; e < steps.length; e++) {
      int tokens = Math.max(1, attempt.eventTokens()[e]);
      index += tokens;
      int step = steps[e];
      if (step - steps[e - 1] != tokens) {
        preemptions += step - steps[e - 1] > tokens ? 1 : 0;
        unclear[step] = true;
        batch[step]++;
        held[step] += blocks(attempt.inputTokens() + index);
        continue;
      }
      for (int t = 0; t < tokens; t++) {
        int known = attempt.inputTokens() + index - t;
        decodes[step - t]++;
        batch[step - t]++;
        context[step - t] += known;
        held[step - t] += blocks(known);
        follows[step - t] = true;
      }
    }
  }

  private long blocks(int tokens) {
    return Math.ceilDiv(tokens, blockSize);
  }

  /** The most requests in a step, with those that end their prefill in it. */
  private int most() {
    int[] with = batch.clone();
    for (int a = 0; a < attempts.size(); a++) {
      if (attempts.get(a).answered()) {
        with[grid.stepOf()[a][0]]++;
      }
    }
    return Arrays.stream(with).max().orElse(0);
  }

  private void prefill(int a) {
    MeasuredAttempt attempt = attempts.get(a);
    int last = grid.stepOf()[a][0];
    int first = firstChunk(attempt, last);
    unclear[last] |= first < 0;
    int start = first < 0 ? last : first;
    begun[a] = start;
    int computed = attempt.cachedTokens();
    for (int s = start; s <= last; s++) {
      long rest = attempt.inputTokens() - computed;
      int chunk = (int) (s == last ? rest : Math.clamp(room(s), 0, rest));
      batch[s]++;
      prefill[s] += chunk;
      pairs[s] += (double) chunk * computed + (double) chunk * (chunk + 1) / 2;
      computed += chunk;
      held[s] += blocks(computed);
    }
  }

  /** -1 where no number of chunks adds up. */
  private int firstChunk(MeasuredAttempt attempt, int last) {
    long before = 0;
    int found = -1;
    for (int s = last; s >= 0 && last - s < MOST_CHUNKS; s--) {
      if (s < last) {
        long room = room(s);
        if (room <= 0 || batch[s] >= most) {
          break;
        }
        before += room;
      }
      long remainder = attempt.newTokens() - before;
      if (remainder <= 0) {
        break;
      }
      if (remainder <= room(last)) {
        boolean seen = s > 0 && isVisible(attempt, s);
        if (found >= 0 && !seen) {
          break;
        }
        found = s;
      }
      if (!follows[s]) {
        break;
      }
    }
    return found;
  }

  /** Tokens that the step could still have computed. */
  long room(int step) {
    return budget - decodes[step] - prefill[step];
  }

  /** Whether the scheduler had seen it when {@code step} began, a busy one. */
  private boolean isVisible(MeasuredAttempt attempt, int step) {
    return attempt.sent() + overheadNanos <= grid.ends()[step - 1];
  }

  private void countWaiting() {
    if (Double.isNaN(overheadNanos)) {
      return;
    }
    for (int a = 0; a < begun.length; a++) {
      int step = begun[a];
      if (step > 1) {
        int visible = firstAfter(attempts.get(a).sent() + overheadNanos) + 1;
        if (visible + FEW_STEPS <= step) {
          waiting[visible]++;
          waiting[step]--;
        }
      }
    }
    for (int s = 1; s < waiting.length; s++) {
      waiting[s] += waiting[s - 1];
    }
  }

  /** The first step that ended at or after {@code nanos}. */
  int firstAfter(double nanos) {
    int low = 0;
    int high = grid.ends().length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (grid.ends()[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The steps whose time is known. */
  List<StepRow> rows(int run, MeasuredRun measured) {
    List<StepRow> rows = new ArrayList<>();
    double[] ends = grid.ends();
    for (int s = 1; s < ends.length; s++) {
      double nanos = ends[s] - ends[s - 1];
      if (follows[s]
          && !unclear[s]
          && nanos > grid.slack()
          && !isInBurst(s - 1)
          && !isInBurst(s + 1)) {
        rows.add(row(run, measured, s, nanos, false));
      }
    }
    addIdle(run, measured, rows);
    rows.sort(Comparator.comparingInt(StepRow::step));
    return rows;
  }

  private boolean isInBurst(int step) {
    double[] ends = grid.ends();
    return step > 0
        && step < ends.length
        && follows[step]
        && ends[step] - ends[step - 1] <= grid.slack();
  }

  private StepRow row(int run, MeasuredRun measured, int s, double nanos, boolean fromArrival) {
    return new StepRow(
        run,
        measured.phaseAt((long) grid.ends()[s]).index(),
        s,
        nanos,
        prefill[s],
        context[s],
        batch[s],
        pairs[s],
        fromArrival);
  }

  /** Requests that found nobody else: their first step began when the scheduler saw them. */
  private void addIdle(int run, MeasuredRun measured, List<StepRow> rows) {
    long busyUntil = Long.MIN_VALUE;
    for (int a = 0; a < attempts.size(); a++) {
      MeasuredAttempt attempt = attempts.get(a);
      boolean alone = busyUntil < attempt.sent();
      busyUntil = Math.max(busyUntil, attempt.over());
      if (!alone || !attempt.answered()) {
        continue;
      }
      int step = grid.stepOf()[a][0];
      boolean followed = a + 1 < attempts.size() && attempts.get(a + 1).sent() < attempt.first();
      if (!followed && batch[step] == 1 && begun[a] == step && prefill[step] <= budget) {
        rows.add(row(run, measured, step, grid.ends()[step] - attempt.sent(), true));
      }
    }
  }
}
