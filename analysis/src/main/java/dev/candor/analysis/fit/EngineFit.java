package dev.candor.analysis.fit;

import dev.candor.analysis.fit.FittedValue.Status;
import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Gpu;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.ModelShape;
import dev.candor.engine.Profile;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From measured runs to the engine that would have given them.
 *
 * <pre>{@code
 * Fitted fitted = EngineFit.of(runs).fit(options);
 * }</pre>
 *
 * docs/fit.md tells how. <b>For one thread.</b>
 */
public final class EngineFit {
  private static final int ROWS = 100_000;
  private static final int FEWEST_ROWS = 50;
  private static final int BLOCK_SIZE = 16;

  /** Of tokens, above which their steps cannot be told apart. */
  private static final double MOST_OFF_GRID = 0.1;

  private final List<MeasuredRun> runs;
  private final FitOptions options;
  private final List<ReplicaSteps> steps;
  private final List<String> notes = new ArrayList<>();

  private EngineFit(List<MeasuredRun> runs, FitOptions options) {
    this.runs = runs;
    this.options = options;
    this.steps = ReplicaSteps.of(runs, options.replicas());
  }

  /**
   * Looks at the runs.
   *
   * @throws CandorException where they cannot be fitted
   */
  public static EngineFit of(List<MeasuredRun> runs, FitOptions options) {
    FittableRuns.check(runs);
    return new EngineFit(runs, options);
  }

  /** Fits to all phases but warm-ups, and says how well that describes them. */
  public Fitted fit() {
    Fitted fitted = fit(FittedPhases.measured(runs));
    return fitted.withError(
        FitCheck.inSample(this, fitted, FittedPhases.measured(runs), options).words());
  }

  List<MeasuredRun> runs() {
    return runs;
  }

  Fitted fit(FittedPhases phases) {
    int blockSize =
        options.base() == null ? BLOCK_SIZE : options.base().settings().kvCache().blockSize();
    Hypothesis unbounded = Hypothesis.of(steps, Hypothesis.UNBOUNDED, blockSize, phases);
    if (unbounded.rows().size() < FEWEST_ROWS) {
      throw CandorException.user(
          "only %d steps of the engine can be told apart, at least %d are needed; add a step in which requests are answered side by side for some seconds"
              .formatted(unbounded.rows().size(), FEWEST_ROWS));
    }
    Hypothesis best = unbounded.best(blockSize, phases);
    Fitted fitted = fitted(best);
    if (best.budget() == Hypothesis.UNBOUNDED) {
      return fitted;
    }
    // Where tokens came too late to tell their steps, a small budget explains anything.
    Fitted plain = fitted(unbounded);
    return FitCheck.inSample(this, plain, phases, options).distance()
            < FitCheck.inSample(this, fitted, phases, options).distance()
        ? plain
        : fitted;
  }

  private Fitted fitted(Hypothesis best) {
    notes.clear();
    runs.forEach(run -> notes.addAll(run.warnings()));
    List<StepRow> rows = Hypothesis.thinned(best.rows(), ROWS);
    Identification identified = identified(rows, best.overhead());
    List<FittedValue> values = new ArrayList<>(identified.values());
    Jitter jitter = Jitter.of(best.rows(), identified.model());
    values.add(jitter(jitter, LoadSeen.of(rows)));
    values.add(overhead(best.overhead(), identified.model(), LoadSeen.of(rows)));
    LimitsFit limits = new LimitsFit(best, runs, options.base());
    SchedulerLimits schedulerLimits = limits.limits();
    KvCacheSettings kvCache = limits.kvCache();
    noteQuality(best);
    return new Fitted(
        profile(values, schedulerLimits, kvCache, best),
        values,
        limits.told(),
        best.rows().size(),
        (int)
            runs.stream()
                .flatMap(run -> run.attempts().stream())
                .filter(MeasuredAttempt::answered)
                .count(),
        identified.model().spread(),
        notes);
  }

  /** With the overhead known by when requests began, else fitted to those that found nobody. */
  private Identification identified(List<StepRow> rows, Overhead overhead) {
    Map<Coefficient, Double> otherwise = new EnumMap<>(Coefficient.class);
    if (options.base() != null) {
      StepTime time = options.base().settings().stepTime();
      otherwise.put(Coefficient.PER_PREFILL_TOKEN, time.perPrefillTokenNanos());
      otherwise.put(Coefficient.PER_CONTEXT_TOKEN, time.perContextTokenNanos());
      otherwise.put(Coefficient.PER_SEQUENCE, time.perSequenceNanos());
      otherwise.put(Coefficient.PER_TOKEN_PAIR, time.perTokenPairNanos());
    }
    Identification free = Identification.of(rows, Double.NaN, otherwise);
    double byIdle = free.model().term(Coefficient.REQUEST_OVERHEAD).halfWidth();
    return overhead.requests() > 0 && overhead.halfWidth() <= byIdle
        ? Identification.of(rows, overhead.known(), otherwise)
        : free;
  }

  private static FittedValue overhead(Overhead overhead, StepModel model, LoadSeen load) {
    StepModel.Term term = model.term(Coefficient.REQUEST_OVERHEAD);
    boolean byIdle = Double.isFinite(term.standardError());
    double half = byIdle ? term.halfWidth() : overhead.halfWidth();
    boolean known = half <= 0.5 * term.value() || half < 1e6;
    return new FittedValue(
        Coefficient.REQUEST_OVERHEAD,
        term.value(),
        Math.max(0, term.value() - half),
        term.value() + half,
        known ? Status.FITTED : Status.NOT_IDENTIFIED,
        known
            ? "token_overhead and the network's both ways are in it: a client sees their sum alone"
            : load.advice(Coefficient.REQUEST_OVERHEAD));
  }

  private static FittedValue jitter(Jitter jitter, LoadSeen load) {
    double half = 1.96 * jitter.standardError();
    FittedValue value =
        new FittedValue(
            Coefficient.JITTER,
            jitter.value(),
            Math.max(0, jitter.value() - half),
            jitter.value() + half,
            Status.FITTED,
            "");
    if (half <= 0.5 * jitter.value()) {
      return value;
    }
    return value.high() < 0.02
        ? value.with(Status.NEGLIGIBLE, "steps vary by less than 2 %")
        : value.with(Status.NOT_IDENTIFIED, load.advice(Coefficient.JITTER));
  }

  private void noteQuality(Hypothesis best) {
    long events = steps.stream().mapToLong(each -> each.grid().events()).sum();
    long off = steps.stream().mapToLong(each -> each.grid().offGrid()).sum();
    if (off > MOST_OFF_GRID * events) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of tokens came at other times than one engine's steps: several replicas behind the address (--replicas N where requests go to them in turn; else fit one replica), or a network that shakes more than a step takes",
              100.0 * off / events));
    }
    List<String> targets = runs.stream().map(run -> run.info().target()).distinct().toList();
    if (targets.size() > 1) {
      notes.add("taken for one engine: " + String.join(", ", targets));
    }
    int preemptions = best.tables().stream().mapToInt(StepTable::preemptions).sum();
    if (preemptions > 0) {
      notes.add(
          preemptions
              + " times a request was left out of steps and came back: preemptions, or a client that paused");
    }
  }

  private EngineProfile profile(
      List<FittedValue> values, SchedulerLimits limits, KvCacheSettings kvCache, Hypothesis best) {
    Map<Coefficient, Double> of =
        values.stream().collect(Collectors.toMap(FittedValue::coefficient, FittedValue::value));
    StepTime time =
        new StepTime(
            value(of, Coefficient.FLOOR),
            value(of, Coefficient.BASE),
            value(of, Coefficient.PER_PREFILL_TOKEN),
            value(of, Coefficient.PER_CONTEXT_TOKEN),
            value(of, Coefficient.PER_SEQUENCE),
            value(of, Coefficient.PER_TOKEN_PAIR),
            value(of, Coefficient.JITTER),
            Math.round(value(of, Coefficient.REQUEST_OVERHEAD)),
            0);
    @Nullable EngineProfile base = options.base();
    LoadSeen load = LoadSeen.of(best.rows());
    return new EngineProfile(
        options.name(),
        new Profile.Source(
            "candor fit on "
                + runs.stream()
                    .map(
                        run ->
                            run.name()
                                + " ("
                                + run.info().start().toString().substring(0, 10)
                                + ")")
                    .collect(Collectors.joining(", ")),
            runs.getFirst().info().target()),
        String.format(
            Locale.ROOT,
            "batches of %.0f to %.0f, prefill of %.0f to %.0f tokens a step, contexts of %.0f to %.0f tokens",
            load.batches()[0],
            load.batches()[2],
            load.prompts()[0],
            load.prompts()[2],
            load.contexts()[0],
            load.contexts()[2]),
        "not measured",
        base == null ? new ModelShape(runs.getFirst().info().model(), 0, 1, 1, 1, 2) : base.model(),
        base == null ? new Gpu("not known", 1, 1, 0.9) : base.gpu(),
        new EngineSettings(time, limits, kvCache));
  }

  private static double value(Map<Coefficient, Double> of, Coefficient coefficient) {
    return of.getOrDefault(coefficient, 0.0);
  }
}
