package dev.candor.analysis.fit;

import dev.candor.base.stats.Median;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What bounds steps, queue and cache, where the data show it. <b>For one thread.</b> */
final class LimitsFit {
  /** Steps in which somebody waits, below which they prove nothing. */
  private static final int FEWEST_STEPS = 20;

  private static final int FEWEST_SAMPLES = 3;

  /** Share of such steps that must be as full as the fullest. */
  private static final double NEARLY_ALWAYS = 0.8;

  private static final SchedulerLimits DEFAULT =
      new SchedulerLimits(1024, 8192, 131_072, true, 0, 0);
  private static final int BLOCK_SIZE = 16;

  private final Hypothesis hypothesis;
  private final List<MeasuredRun> runs;
  private final @Nullable EngineProfile base;
  private final List<FittedLimit> told = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();

  LimitsFit(Hypothesis hypothesis, List<MeasuredRun> runs, @Nullable EngineProfile base) {
    this.hypothesis = hypothesis;
    this.runs = runs;
    this.base = base;
    for (int i = 0; i < hypothesis.steps().size(); i++) {
      ReplicaSteps steps = hypothesis.steps().get(i);
      double[] ends = steps.grid().ends();
      for (int s = 0; s < ends.length; s++) {
        int phase = steps.run().phaseAt((long) ends[s]).index();
        if (hypothesis.phases().has(steps.index(), phase)) {
          seen.add(new Seen(hypothesis.tables().get(i), s));
        }
      }
    }
  }

  /** A step of a phase that is fitted. */
  private record Seen(StepTable table, int index) {
    /** Whether somebody waits for a place, though the step has room for more tokens. */
    boolean isCrowded() {
      return table.waiting[index] > 0 && table.follows[index] && table.room(index) > 0;
    }
  }

  /** What was found, after {@link #limits} and {@link #kvCache}. */
  List<FittedLimit> told() {
    return told;
  }

  private SchedulerLimits otherwise() {
    return base == null ? DEFAULT : base.settings().limits();
  }

  private String origin() {
    return base == null ? "default" : "of " + base.name();
  }

  SchedulerLimits limits() {
    int modelLen = maxModelLen();
    int batched = maxNumBatchedTokens();
    int seqs = maxNumSeqs();
    boolean chunked = otherwise().chunkedPrefill() || batched < modelLen;
    if (hypothesis.budget() != Hypothesis.UNBOUNDED) {
      chunked = true;
      tell("chunked_prefill", "true", true, "longer prompts were computed over several steps");
    } else {
      tell(
          "chunked_prefill",
          Boolean.toString(chunked),
          false,
          origin() + "; prompts longer than a step's tokens would show it");
    }
    return new SchedulerLimits(
        seqs,
        batched,
        modelLen,
        chunked,
        otherwise().longPrefillTokenThreshold(),
        otherwise().maxQueue());
  }

  private int maxNumBatchedTokens() {
    if (hypothesis.budget() != Hypothesis.UNBOUNDED) {
      return tell(
          "max_num_batched_tokens",
          hypothesis.budget(),
          true,
          "of all budgets, this explains step times best");
    }
    int most = (int) Math.min(Integer.MAX_VALUE, hypothesis.mostTokens());
    return tell(
        "max_num_batched_tokens",
        Math.max(otherwise().maxNumBatchedTokens(), most),
        false,
        String.format(
            Locale.ROOT,
            "%s; no step had more than %d tokens, add one with prompts of %d",
            origin(),
            most,
            Math.max(16_384, 4 * most)));
  }

  private int maxNumSeqs() {
    int fullest = seen.stream().mapToInt(step -> step.table.batch[step.index]).max().orElse(0);
    int crowded = 0;
    int full = 0;
    for (Seen step : seen) {
      if (step.isCrowded()) {
        crowded++;
        full += step.table.batch[step.index] == fullest ? 1 : 0;
      }
    }
    if (crowded >= FEWEST_STEPS && full >= NEARLY_ALWAYS * crowded) {
      return tell(
          "max_num_seqs",
          fullest,
          true,
          String.format(
              Locale.ROOT, "requests waited in %d steps, of which %d had as many", crowded, full));
    }
    int gauge = runningWhileOthersWait();
    if (gauge > 0) {
      return tell(
          "max_num_seqs", gauge, true, "the server's gauge of running requests while others wait");
    }
    return tell(
        "max_num_seqs",
        Math.max(otherwise().maxNumSeqs(), fullest),
        false,
        String.format(
            Locale.ROOT,
            "%s; never reached, add a step of more than %d users",
            origin(),
            Math.max(fullest, 1)));
  }

  private int runningWhileOthersWait() {
    double most = 0;
    int samples = 0;
    int full = 0;
    for (MeasuredRun run : runs) {
      double running = -1;
      long at = Long.MIN_VALUE;
      for (ServerSample sample : run.server()) {
        if (sample.metric() == ServerMetric.RUNNING) {
          running = sample.value();
          at = sample.atNanos();
        } else if (sample.metric() == ServerMetric.WAITING
            && sample.value() >= 2
            && sample.atNanos() == at) {
          samples++;
          full = running > most ? 1 : running == most ? full + 1 : full;
          most = Math.max(most, running);
        }
      }
    }
    return samples >= FEWEST_SAMPLES && full >= NEARLY_ALWAYS * samples ? (int) most : 0;
  }

  private int maxModelLen() {
    int refused = Integer.MAX_VALUE;
    int served = 2;
    for (MeasuredRun run : runs) {
      for (MeasuredAttempt each : run.attempts()) {
        int length = each.inputTokens() + each.wantedTokens();
        if (each.answered()) {
          served = Math.max(served, length);
        } else if (each.httpStatus() == 400 || each.httpStatus() == 413) {
          refused = Math.min(refused, length);
        }
      }
    }
    if (refused < Integer.MAX_VALUE && refused > served) {
      return tell(
          "max_model_len",
          refused - 1,
          true,
          String.format(
              Locale.ROOT, "%d tokens were served, %d refused with HTTP 400", served, refused));
    }
    return tell(
        "max_model_len",
        Math.max(otherwise().maxModelLen(), served),
        false,
        String.format(Locale.ROOT, "%s; at least %d, which was served", origin(), served));
  }

  KvCacheSettings kvCache() {
    KvCacheSettings otherwise =
        base == null ? new KvCacheSettings(BLOCK_SIZE, 1, true) : base.settings().kvCache();
    int blockSize = otherwise.blockSize();
    boolean hits =
        runs.stream().flatMap(run -> run.attempts().stream()).anyMatch(a -> a.cachedTokens() > 0);
    tell("prefix_caching", hits || otherwise.prefixCaching(), hits, hits ? "hits seen" : origin());
    return new KvCacheSettings(
        blockSize, blocks(hits, otherwise), hits || otherwise.prefixCaching());
  }

  private int blocks(boolean shared, KvCacheSettings otherwise) {
    long most = 0;
    int crowded = 0;
    long fullest = 0;
    for (Seen step : seen) {
      long held = step.table.held[step.index];
      most = Math.max(most, held);
      if (step.isCrowded()) {
        crowded++;
        fullest = Math.max(fullest, held);
      }
    }
    List<Double> told = byGauge();
    if (!shared && told.size() >= FEWEST_SAMPLES) {
      double[] values = told.stream().mapToDouble(Double::doubleValue).toArray();
      return tell(
          "blocks",
          Math.max(1, (int) Math.round(Median.of(values))),
          true,
          String.format(
              Locale.ROOT,
              "tokens in flight over the server's KV usage, %d readings, ±%.1f %%",
              values.length,
              196 * 1.2533 * Median.spread(values) / Median.of(values) / Math.sqrt(values.length)));
    }
    boolean bySeqs =
        this.told.stream().anyMatch(each -> each.key().equals("max_num_seqs") && each.identified());
    if (!shared && !bySeqs && crowded >= FEWEST_STEPS) {
      return tell(
          "blocks",
          (int) fullest,
          true,
          String.format(
              Locale.ROOT, "requests waited in %d steps that held at most so many", crowded));
    }
    int value =
        base == null
            ? (int) Math.min(Integer.MAX_VALUE, Math.max(4 * most, 10_000))
            : (int) Math.max(otherwise.blocks(), most);
    return tell(
        "blocks",
        value,
        false,
        String.format(
            Locale.ROOT,
            "%s; %s",
            base == null ? "a guess" : origin(),
            shared
                ? "requests share blocks by the prefix cache, so that their tokens do not tell"
                : String.format(
                    Locale.ROOT, "never full, with %d held; scrape the server's metrics", most)));
  }

  /** Blocks that requests held over the share that the server told, where that is not small. */
  private List<Double> byGauge() {
    List<Double> blocks = new ArrayList<>();
    for (int i = 0; i < hypothesis.steps().size(); i++) {
      ReplicaSteps steps = hypothesis.steps().get(i);
      StepTable table = hypothesis.tables().get(i);
      List<ServerSample> usage =
          steps.run().server().stream()
              .filter(sample -> sample.metric() == ServerMetric.KV_USAGE)
              .toList();
      double high = usage.stream().mapToDouble(ServerSample::value).max().orElse(0);
      for (ServerSample sample : usage) {
        // A share of more than 1 is percent, of which docs/server-metrics.md tells.
        double share = sample.value() / (high > 1.01 ? 100 : 1);
        int step = table.firstAfter(sample.atNanos());
        if (step < table.held.length
            && step > 0
            && table.follows[step]
            && sample.value() >= high / 3
            && share > 0) {
          blocks.add(table.held[step] / share);
        }
      }
    }
    return blocks;
  }

  private int tell(String key, int value, boolean identified, String note) {
    tell(key, Integer.toString(value), identified, note);
    return value;
  }

  private void tell(String key, boolean value, boolean identified, String note) {
    tell(key, Boolean.toString(value), identified, note);
  }

  private void tell(String key, String value, boolean identified, String note) {
    told.add(new FittedLimit(key, value, identified, note));
  }
}
