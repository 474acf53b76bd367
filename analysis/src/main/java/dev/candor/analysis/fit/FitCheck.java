package dev.candor.analysis.fit;

import dev.candor.analysis.fit.FittedValue.Status;
import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Predictions of load steps beside what was measured.
 *
 * @param steps each predicted by a fit to all others
 */
public record FitCheck(List<Step> steps) {
  /** Replays of a step, whose draws of jitter differ. */
  private static final int REPLAYS = 3;

  /** Answers below which a step's p99 says nothing. */
  private static final int FEWEST_ANSWERS = 20;

  private static final Seed SEED = new Seed(1).derive("fit check");

  public FitCheck {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param notes what of the engine this step alone shows
   */
  public record Step(
      String run, String phase, StepFigures measured, StepFigures predicted, List<String> notes) {

    /** Relative errors of the figures: p50 and p99 of TTFT, of ITL, and output tokens a second. */
    public double[] errors() {
      double[] is = predicted.all();
      double[] was = measured.all();
      return IntStream.range(0, StepFigures.KEYS.size() - 1)
          .mapToDouble(i -> is[i] / was[i] - 1)
          .toArray();
    }
  }

  /** The largest error by size of p50 and p99 of TTFT and ITL; 0 where nothing was predicted. */
  public double worst() {
    return steps.stream()
        .flatMapToDouble(step -> Arrays.stream(step.errors(), 0, 4))
        .map(Math::abs)
        .filter(error -> !Double.isNaN(error))
        .max()
        .orElse(0);
  }

  /** How far latencies are off, all together: the sum of the sizes of their ratios' logarithms. */
  double distance() {
    return steps.stream()
        .flatMapToDouble(step -> Arrays.stream(step.errors(), 0, 4))
        .filter(error -> error > -1)
        .map(error -> Math.abs(Math.log1p(error)))
        .sum();
  }

  /** The largest error of each figure by size, in words. */
  String words() {
    double[] most = new double[StepFigures.KEYS.size() - 1];
    for (Step step : steps) {
      double[] errors = step.errors();
      for (int i = 0; i < most.length; i++) {
        most[i] = Double.isNaN(errors[i]) ? most[i] : Math.max(most[i], Math.abs(errors[i]));
      }
    }
    return steps.isEmpty()
        ? "not measured: no load step has %d answers".formatted(FEWEST_ANSWERS)
        : String.format(
            Locale.ROOT,
            "on the %d load steps that it was fitted to, TTFT p50 within %.1f %%, p99 within %.1f %%; ITL p50 within %.1f %%, p99 within %.1f %%; output tokens a second within %.1f %%",
            steps.size(),
            100 * most[0],
            100 * most[1],
            100 * most[2],
            100 * most[3],
            100 * most[4]);
  }

  /**
   * Leaves out one step at a time, fits the others, and predicts it from its arrivals.
   *
   * @throws CandorException where there are fewer than two steps
   */
  public static FitCheck leavingOut(EngineFit fit, FitOptions options) {
    FittedPhases all = FittedPhases.measured(fit.runs());
    Fitted whole = fit.fit(all);
    List<Step> steps = new ArrayList<>();
    List<PhaseRecord> fitted = new ArrayList<>();
    for (int r = 0; r < fit.runs().size(); r++) {
      MeasuredRun run = fit.runs().get(r);
      for (PhaseRecord phase : run.info().phases()) {
        if (all.has(r, phase.index()) && answers(run, phase) >= FEWEST_ANSWERS) {
          fitted.add(phase);
          Fitted without = fit.fit(all.without(r, phase.index()));
          steps.add(
              step(
                  run,
                  phase,
                  withWholeLimits(without, whole),
                  shownAlone(without, whole),
                  options));
        }
      }
    }
    if (fitted.size() < 2) {
      throw CandorException.user(
          "--check: leaves out one load step at a time, and there are %d with %d answers or more; run at least two"
              .formatted(fitted.size(), FEWEST_ANSWERS));
    }
    return new FitCheck(steps);
  }

  /** Predicts each step by a fit to all of them, its own among them. */
  static FitCheck inSample(EngineFit fit, Fitted fitted, FittedPhases all, FitOptions options) {
    List<Step> steps = new ArrayList<>();
    for (int r = 0; r < fit.runs().size(); r++) {
      MeasuredRun run = fit.runs().get(r);
      List<List<Replay.Answer>> replays = replays(run, fitted.profile().settings(), options);
      for (PhaseRecord phase : run.info().phases()) {
        if (all.has(r, phase.index()) && answers(run, phase) >= FEWEST_ANSWERS) {
          steps.add(step(run, phase, replays, List.of()));
        }
      }
    }
    return new FitCheck(steps);
  }

  private static long answers(MeasuredRun run, PhaseRecord phase) {
    return run.attempts().stream()
        .filter(each -> each.answered() && each.phase() == phase.index())
        .count();
  }

  private static Step step(
      MeasuredRun run,
      PhaseRecord phase,
      EngineSettings settings,
      List<String> notes,
      FitOptions options) {
    return step(run, phase, replays(run, settings, options), notes);
  }

  private static Step step(
      MeasuredRun run, PhaseRecord phase, List<List<Replay.Answer>> replays, List<String> notes) {
    return new Step(
        run.name(),
        phase.name(),
        StepFigures.measured(run, phase.index()),
        StepFigures.predicted(phase.index(), replays),
        notes);
  }

  private static List<List<Replay.Answer>> replays(
      MeasuredRun run, EngineSettings settings, FitOptions options) {
    List<List<Replay.Answer>> replays = new ArrayList<>();
    for (int i = 0; i < REPLAYS; i++) {
      replays.add(Replay.of(settings, run, options.replicas(), SEED.derive(i)));
    }
    return replays;
  }

  /**
   * A setting that the step left out shows alone is taken from the whole: it is no law of the
   * engine that others could tell.
   */
  private static EngineSettings withWholeLimits(Fitted without, Fitted whole) {
    EngineSettings own = without.profile().settings();
    EngineSettings all = whole.profile().settings();
    SchedulerLimits limits = own.limits();
    if (isShownAlone("max_num_seqs", without, whole)) {
      limits = limits.withMaxNumSeqs(all.limits().maxNumSeqs());
    }
    if (isShownAlone("max_num_batched_tokens", without, whole)) {
      limits = limits.withMaxNumBatchedTokens(all.limits().maxNumBatchedTokens());
    }
    return own.withLimits(limits)
        .withKvCache(isShownAlone("blocks", without, whole) ? all.kvCache() : own.kvCache());
  }

  private static boolean isShownAlone(String key, Fitted without, Fitted whole) {
    return whole.limit(key).identified() && !without.limit(key).identified();
  }

  private static List<String> shownAlone(Fitted without, Fitted whole) {
    List<String> notes = new ArrayList<>();
    for (String key : List.of("max_num_seqs", "max_num_batched_tokens", "blocks")) {
      if (isShownAlone(key, without, whole)) {
        notes.add(key + " shows in this step alone, and was taken from it");
      }
    }
    for (FittedValue each : whole.coefficients()) {
      if (each.status() == Status.FITTED
          && without.coefficient(each.coefficient()).status() == Status.NOT_IDENTIFIED) {
        notes.add(each.coefficient().key() + " shows in this step alone, and was not known");
      }
    }
    return notes;
  }
}
