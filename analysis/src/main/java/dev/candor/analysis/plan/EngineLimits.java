package dev.candor.analysis.plan;

import dev.candor.engine.EngineSettings;
import dev.candor.engine.StepTime;
import org.jspecify.annotations.Nullable;

/**
 * How far an engine gets with a mix before it is full, in closed form.
 *
 * @param bound what keeps the batch from being larger
 * @param batch requests that decode at a time
 * @param stepMs of one step with that batch and the prompts that come with it
 * @param requestsPerS saturated
 * @param prefillShare of a step's time, for prompts
 * @param decodeShare of it, for the tokens of answers
 * @param fixedShare of it, whatever is computed
 * @param prefillTps input tokens a second, nothing else computed
 * @param decodeTps output tokens a second with that batch, no prompts
 * @param kvTokens that the cache holds
 */
public record EngineLimits(
    Bound bound,
    double batch,
    double stepMs,
    double requestsPerS,
    double prefillShare,
    double decodeShare,
    double fixedShare,
    double prefillTps,
    double decodeTps,
    long kvTokens) {
  /*
   * Every request that decodes gets one token a step, so that of a batch of B one in O requests ends
   * in each step, and r = B/O begin: r·I tokens of prompts are computed beside B of answers. With
   * the formula of a step (docs/engine.md) its time T follows, and r/T requests a second. B is as
   * large as the first of these lets it be: blocks of the KV cache, max_num_seqs, the budget of
   * tokens a step, and the ITL that is asked for, which T must not pass.
   */

  private static final int HALVINGS = 60;

  /** What ends a batch's growth. */
  public enum Bound {
    KV_CACHE("the KV cache"),
    MAX_NUM_SEQS("max_num_seqs"),
    TOKEN_BUDGET("max_num_batched_tokens"),
    ITL("the ITL target");

    private final String text;

    Bound(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * Of an engine.
   *
   * @param itlNanos that answers may take, null: any
   */
  public static EngineLimits of(EngineSettings engine, Mix mix, @Nullable Long itlNanos) {
    double answer = Math.max(1, mix.output());
    int block = engine.kvCache().blockSize();
    long kvTokens = (long) engine.kvCache().blocks() * block;
    double held = mix.input() + answer / 2 + block / 2.0;
    // Those whose prompt is being computed hold theirs too, for a step.
    double byCache = kvTokens / held / (1 + 1 / answer);
    double bySeqs = engine.limits().maxNumSeqs() / (1 + 1 / answer);
    double byBudget =
        engine.limits().maxNumBatchedTokens() / (1 + Math.max(1, mix.computedInput()) / answer);
    Bound bound = Bound.KV_CACHE;
    double batch = byCache;
    if (bySeqs < batch) {
      bound = Bound.MAX_NUM_SEQS;
      batch = bySeqs;
    }
    if (byBudget < batch) {
      bound = Bound.TOKEN_BUDGET;
      batch = byBudget;
    }
    StepTime time = engine.stepTime();
    if (itlNanos != null && Work.of(time, mix, batch).nanos() > itlNanos) {
      bound = Bound.ITL;
      batch = within(time, mix, batch, itlNanos);
    }
    Work work = Work.of(time, mix, batch);
    Work decode = Work.of(time, new Mix(mix.input(), answer, 1), batch);
    double prompt = Math.max(1, mix.computedInput());
    Work prefill = Work.prompts(time, mix, engine.limits().maxNumBatchedTokens() / prompt);
    return new EngineLimits(
        bound,
        batch,
        work.nanos() / 1e6,
        batch / answer / work.nanos() * 1e9,
        work.prefill / work.nanos(),
        work.decode / work.nanos(),
        work.fixed / work.nanos(),
        engine.limits().maxNumBatchedTokens() / prefill.nanos() * 1e9,
        batch / decode.nanos() * 1e9,
        kvTokens);
  }

  /**
   * By what share more requests could be served for each share more of it: of prefill and decode,
   * if they were faster; of the KV cache, if it were larger. With a batch that memory or a limit
   * holds, r/T grows with the batch by the fixed share alone, as all else in T grows too; with one
   * that the ITL holds, T is given, and what does not go to the fixed part is shared by both.
   */
  public double gain(Constraint constraint) {
    double loaded = bound == Bound.ITL ? Math.max(1e-9, prefillShare + decodeShare) : 1;
    return switch (constraint) {
      case PREFILL -> prefillShare / loaded;
      case DECODE -> decodeShare / loaded;
      case KV -> bound == Bound.KV_CACHE ? fixedShare : 0;
    };
  }

  /** That of which more would help most. */
  public Constraint binding() {
    Constraint most = Constraint.PREFILL;
    for (Constraint each : Constraint.values()) {
      if (gain(each) > gain(most)) {
        most = each;
      }
    }
    return most;
  }

  /** The largest batch whose steps are as short; at least a hundredth of a request. */
  private static double within(StepTime time, Mix mix, double most, long nanos) {
    double low = 0.01;
    double high = most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (Work.of(time, mix, middle).nanos() > nanos) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** A step's time in nanoseconds, by what it goes to. */
  private record Work(double fixed, double prefill, double decode) {
    static Work of(StepTime time, Mix mix, double batch) {
      double starts = batch / Math.max(1, mix.output());
      Work prompts = prompts(time, mix, starts);
      double decode =
          time.perContextTokenNanos() * batch * (mix.input() + mix.output() / 2)
              + time.perSequenceNanos() * batch;
      return new Work(prompts.fixed, prompts.prefill, decode);
    }

    /** A step with so many prompts alone. Each computed token attends to all before it. */
    static Work prompts(StepTime time, Mix mix, double starts) {
      double tokens = time.perPrefillTokenNanos() * starts * mix.computedInput();
      double pairs = starts * mix.computedInput() * (mix.input() - mix.computedInput() / 2);
      double more = time.perSequenceNanos() * starts + time.perTokenPairNanos() * pairs;
      // Below the floor prompts cost nothing: they hide behind reading the weights.
      return time.baseNanos() + tokens > time.floorNanos()
          ? new Work(time.baseNanos(), tokens + more, 0)
          : new Work(time.floorNanos(), more, 0);
    }

    double nanos() {
      return fixed + prefill + decode;
    }
  }
}
