package dev.candor.analysis.saturation;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.Saturation.Bounds;
import dev.candor.analysis.saturation.Saturation.Scalability;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.UniversalScalability;
import dev.candor.base.stats.WilsonInterval;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From the steps of a sweep to its knee. */
public final class SaturationAnalysis {
  private static final Seed RESAMPLING = new Seed(1).derive("scalability");

  private final Sweep sweep;
  private final List<MeasuredStep> steps;
  private final Levels levels;

  private SaturationAnalysis(Sweep sweep, List<MeasuredStep> steps) {
    this.sweep = sweep;
    this.steps = steps;
    this.levels = Levels.of(sweep, steps);
  }

  /**
   * Finds the knee.
   *
   * @param phases of the run; those of no sweep are passed over
   * @param figures of the phases, by name
   * @param windows the run's seconds
   * @param stoppedBy what ended the run before the search was over, or null
   */
  public static Saturation of(
      Sweep sweep,
      List<PhaseRecord> phases,
      List<Summary.Phase> figures,
      List<Analysis.Window> windows,
      @Nullable String stoppedBy) {
    List<MeasuredStep> steps = new ArrayList<>();
    List<PhaseRecord> records = new ArrayList<>();
    for (PhaseRecord phase : phases) {
      for (Summary.Phase each : figures) {
        if (phase.sweep() != null && each.name().equals(phase.name())) {
          steps.add(new MeasuredStep(phase.sweep(), each));
          records.add(phase);
        }
      }
    }
    return new SaturationAnalysis(sweep, steps).analyze(records, windows, stoppedBy);
  }

  private Saturation analyze(
      List<PhaseRecord> records, List<Analysis.Window> windows, @Nullable String stoppedBy) {
    Level good = levels.lastGood();
    Level bad = levels.firstBad();
    Sweep.Hold hold = sweep.hold();
    double share = hold == null ? 0.8 : hold.share();
    Bounds kneeCi = good == null ? null : new Bounds(surelyGood(good), surelyBad());
    List<Saturation.Step> shown = new ArrayList<>();
    Saturation.HoldVerdict verdict = null;
    for (int i = 0; i < steps.size(); i++) {
      shown.add(shown(steps.get(i), records.get(i)));
      if (steps.get(i).step().mark() == SweepStep.Mark.HOLD) {
        verdict = HoldAnalysis.of(steps.get(i), records.get(i), windows, sweep);
      }
    }
    return new Saturation(
        sweep.dimension(),
        sweep.conditions().stream().map(Threshold::expression).toList(),
        sweep.resolution(),
        shown,
        good == null ? null : Double.valueOf(good.level()),
        kneeCi,
        bad == null ? null : Double.valueOf(bad.level()),
        good == null ? null : point(good.level(), share),
        kneeCi == null ? null : new Bounds(point(kneeCi.low(), share), point(kneeCi.high(), share)),
        stoppedBy != null ? stoppedBy : ended(),
        scalability(),
        verdict);
  }

  private String ended() {
    return switch (new SweepSearch(sweep).next(steps)) {
      case SweepSearch.Next.Done done -> done.why();
      case SweepSearch.Next.Measure next ->
          "the run ended before %s was measured"
              .formatted(SweepSearch.text(sweep.dimension(), next.level()));
    };
  }

  private @Nullable Double point(@Nullable Double level, double share) {
    return level == null ? null : Double.valueOf(SweepSearch.operatingPoint(sweep, level, share));
  }

  /**
   * The highest level, up to the knee, that is good beyond doubt: goodput falls with load, so that
   * the requests of higher good levels speak for it too. Null where no level is, and where another
   * condition than goodput decides.
   */
  private @Nullable Double surelyGood(Level knee) {
    long good = 0;
    long intended = 0;
    for (Level level : levels.all().reversed()) {
      if (level.level() <= knee.level()) {
        good += level.good();
        intended += level.intended();
        WilsonInterval interval = Level.goodput(good, intended);
        if (interval != null && holds(interval.low())) {
          return level.level();
        }
      }
    }
    return null;
  }

  /** The lowest level whose goodput is too small beyond doubt; null as above. */
  private @Nullable Double surelyBad() {
    for (Level level : levels.all()) {
      WilsonInterval interval = Level.goodput(level.good(), level.intended());
      if (interval != null && misses(interval.high())) {
        return level.level();
      }
    }
    return null;
  }

  private boolean holds(double goodput) {
    return sweep.conditions().stream()
        .allMatch(each -> isGoodput(each) && each.comparison().holds(goodput, each.bound()));
  }

  private boolean misses(double goodput) {
    return sweep.conditions().stream()
        .allMatch(each -> isGoodput(each) && !each.comparison().holds(goodput, each.bound()));
  }

  private static boolean isGoodput(Threshold condition) {
    return condition.metric().equals("goodput");
  }

  private Saturation.Step shown(MeasuredStep measured, PhaseRecord phase) {
    Summary.Phase p = measured.figures();
    long good = Level.good(p);
    WilsonInterval interval =
        p.goodput().ratio() == null ? null : Level.goodput(good, p.requests().intended());
    Summary.Latency ttft = latency(p, "ttft");
    Summary.Latency itl = latency(p, "itl");
    Level level =
        levels.all().stream()
            .filter(each -> each.level() == measured.level())
            .findFirst()
            .orElse(null);
    return new Saturation.Step(
        p.name(),
        measured.level(),
        measured.step().mark(),
        measured.step().why(),
        (phase.endNanos() - phase.startNanos()) / 1e9,
        measured.step().settled(),
        (phase.measuredFromNanos() - phase.startNanos()) / 1e9,
        p.requests().intended(),
        p.goodput().ratio(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        p.rates().outputTps(),
        p.rates().requests(),
        level == null || !measured.counts() ? null : levels.marginal(level),
        ttft == null ? null : ttft.p50(),
        ttft == null ? null : ttft.p90(),
        ttft == null ? null : ttft.p99(),
        itl == null ? null : itl.p50(),
        itl == null ? null : itl.p99(),
        p.rates().concurrency(),
        little(p));
  }

  private static Summary.@Nullable Latency latency(Summary.Phase phase, String key) {
    return phase.latency().get(key);
  }

  /** L = λW: requests that ended a second times their mean time in system, over those in flight. */
  private static @Nullable Double little(Summary.Phase p) {
    Summary.Latency total = latency(p, "e2e");
    return total == null || total.mean() == null || p.rates().concurrency() <= 0
        ? null
        : Double.valueOf(p.rates().requests() * total.mean() / 1e3 / p.rates().concurrency());
  }

  private Scalability scalability() {
    List<Level> all = levels.all();
    double[] loads = all.stream().mapToDouble(Level::level).toArray();
    double[] throughputs = all.stream().mapToDouble(Level::outputTps).toArray();
    if (all.isEmpty()) {
      return new Scalability.Unknown("no level was measured");
    }
    return switch (UniversalScalability.of(loads, throughputs, RESAMPLING)) {
      case UniversalScalability.Unknown unknown -> new Scalability.Unknown(unknown.reason());
      case UniversalScalability.Fit fit ->
          new Scalability.Fitted(
              fit.lambda(),
              fit.sigma(),
              fit.kappa(),
              bounds(fit.sigmaCi()),
              bounds(fit.kappaCi()),
              fit.peakLoad(),
              fit.peakLoadCi() == null ? null : bounds(Objects.requireNonNull(fit.peakLoadCi())),
              fit.rSquared());
    };
  }

  private static Bounds bounds(UniversalScalability.Interval interval) {
    return new Bounds(interval.low(), interval.high());
  }
}
