package dev.candor.analysis.plan;

import dev.candor.analysis.RunAnalysis;
import dev.candor.analysis.StepFigures;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.saturation.Saturation.Bounds;
import dev.candor.analysis.saturation.SaturationAnalysis;
import dev.candor.base.error.CandorException;
import dev.candor.base.stats.MeanInterval;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.SweepStep.Mark;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From the records of a sweep to what its target does at the operating point.
 *
 * <p><b>For one thread.</b>
 */
public final class SweepCapacity {
  /*
   * The rates are those of the hold where there was one, else they lie on straight lines between the
   * good levels. Two things are uncertain. The rates themselves: the mean of a correlated series, by
   * batch means (Law, Simulation Modeling and Analysis, ch. 9) with Student's t over ten batches. And
   * where the knee is, with which the operating point and its rates move in proportion. A stable hold
   * has shown its own level to be good, so that the knee's lower end no longer counts.
   */

  private static final int BATCHES = 10;

  private final String run;
  private final RunInfo info;
  private final Scenario scenario;
  private final List<AttemptRecord> attempts;
  private final boolean stable;

  /**
   * @param run its name for people
   * @param attempts of the whole run
   * @param stable whether the run's own verdict on its hold was that it is
   */
  public SweepCapacity(
      String run, RunInfo info, Scenario scenario, List<AttemptRecord> attempts, boolean stable) {
    this.run = run;
    this.info = info;
    this.scenario = scenario;
    this.attempts = attempts;
    this.stable = stable;
  }

  /**
   * At the run's own targets.
   *
   * @throws CandorException where no level was good
   */
  public Capacity measured() {
    Capacity found = at(scenario, Objects.requireNonNull(scenario.sweep()), true);
    if (found == null) {
      throw CandorException.user(
          "%s: its sweep found no level that meets its conditions, so there is no capacity to plan with; begin lower (sweep.users or sweep.rate), or ask for less (slo)"
              .formatted(run));
    }
    return found;
  }

  /** The same if every latency target were half; null where nothing says so. */
  public @Nullable Capacity tightened() {
    Sweep sweep = Objects.requireNonNull(scenario.sweep());
    boolean latencies =
        !scenario.slos().isEmpty()
            || sweep.conditions().stream().anyMatch(each -> each.statistic() != null);
    if (!latencies) {
      return null;
    }
    Map<String, Slo> slos = new LinkedHashMap<>();
    scenario.slos().forEach((name, slo) -> slos.put(name, halved(slo)));
    List<Threshold> conditions = sweep.conditions().stream().map(SweepCapacity::halved).toList();
    return at(
        scenario.withSlos(slos),
        new Sweep(
            sweep.dimension(),
            sweep.from(),
            sweep.to(),
            sweep.resolution(),
            conditions,
            sweep.marginal(),
            sweep.thinkNanos(),
            sweep.arrivals(),
            sweep.step(),
            sweep.repeats(),
            sweep.hold()),
        false);
  }

  private static Slo halved(Slo slo) {
    return new Slo(
        null,
        half(slo.ttftNanos()),
        half(slo.itlNanos()),
        half(slo.tpotNanos()),
        half(slo.e2eNanos()),
        half(slo.maxGapNanos()),
        slo.outputTpsUser());
  }

  private static @Nullable Long half(@Nullable Long nanos) {
    return nanos == null ? null : Long.valueOf(nanos / 2);
  }

  private static Threshold halved(Threshold condition) {
    return condition.statistic() == null
        ? condition
        : new Threshold(
            condition.expression() + ", halved",
            condition.metric(),
            condition.statistic(),
            condition.comparison(),
            condition.bound() / 2);
  }

  private @Nullable Capacity at(Scenario judged, Sweep sweep, boolean own) {
    List<PhaseRecord> phases =
        RunAnalysis.measured(info.phases()).stream()
            .filter(phase -> phase.sweep() != null)
            .toList();
    List<Summary.Phase> figures = new ArrayList<>();
    for (PhaseRecord phase : phases) {
      figures.add(
          StepFigures.of(
              phase,
              attempts.stream()
                  .filter(a -> a.phase() == phase.index() || a.phase() == phase.index() - 1)
                  .toList(),
              judged));
    }
    Saturation saturation =
        SaturationAnalysis.of(sweep, phases, figures, List.of(), info.stoppedBy());
    Double knee = saturation.knee();
    Double point = saturation.operatingPoint();
    if (knee == null || point == null) {
      return null;
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      points.add(Point.of(phases.get(i), figures.get(i)));
    }
    // A hold stands for the run's own targets alone: for others its level may be too high.
    Point hold =
        own
            ? points.stream()
                .filter(each -> each.mark() == Mark.HOLD && each.rates().output > 0)
                .findFirst()
                .orElse(null)
            : null;
    Rates rates = hold == null ? between(points, knee, point) : hold.rates();
    PhaseRecord seen = hold == null ? nearest(points, point) : hold.phase();
    boolean verified = stable && hold != null;
    double spread = relativeHalfWidth(seen);
    Double surely = saturation.kneeCi() == null ? null : saturation.kneeCi().low();
    double kneeLow = verified ? 0 : 1 - Math.min(1, lowest(surely, knee, sweep) / knee);
    double kneeHigh = highest(saturation) / knee - 1;
    return new Capacity(
        run,
        saturation.text(hold == null ? point : hold.level()),
        saturation.text(knee),
        (hold == null ? point : hold.level()) / knee,
        verified,
        mix(phases),
        rates.requests,
        rates.output,
        rates.computedInput,
        rates.concurrency,
        switch (sweep.dimension()) {
          case USERS -> hold == null ? point : hold.level();
          case RATE -> rates.concurrency;
        },
        rates.ttftS,
        rates.tpotS,
        Math.max(0.01, 1 - Math.hypot(spread, kneeLow)),
        1 + Math.hypot(spread, kneeHigh),
        String.format(
            Locale.ROOT,
            "rates ± %.1f %% (batch means); knee %s to %s%s",
            100 * spread,
            saturation.text(knee * (1 - kneeLow)),
            saturation.text(knee * (1 + kneeHigh)),
            verified ? ", and a hold has verified the operating point" : ""));
  }

  /** Where no level is good beyond doubt, a bracket below the knee. */
  private static double lowest(@Nullable Double surely, double knee, Sweep sweep) {
    return surely != null ? surely : knee * (1 - sweep.resolution());
  }

  private static double highest(Saturation saturation) {
    double knee = Objects.requireNonNull(saturation.knee());
    Bounds bounds = saturation.kneeCi();
    Double high = bounds == null ? null : bounds.high();
    Double bad = saturation.firstBad();
    return Math.max(knee, high != null ? high : bad != null ? bad : knee);
  }

  private record Rates(
      double requests,
      double output,
      double computedInput,
      double concurrency,
      double ttftS,
      double tpotS) {

    static Rates between(Rates a, Rates b, double t) {
      return new Rates(
          mixed(a.requests, b.requests, t),
          mixed(a.output, b.output, t),
          mixed(a.computedInput, b.computedInput, t),
          mixed(a.concurrency, b.concurrency, t),
          mixed(a.ttftS, b.ttftS, t),
          mixed(a.tpotS, b.tpotS, t));
    }

    private static double mixed(double a, double b, double t) {
      return a + t * (b - a);
    }

    /** Where nobody is, nothing is done, and an answer takes what it takes at the lowest level. */
    Rates idle() {
      return new Rates(0, 0, 0, 0, ttftS, tpotS);
    }
  }

  private record Point(PhaseRecord phase, double level, Mark mark, Rates rates) {
    static Point of(PhaseRecord phase, Summary.Phase figures) {
      var sweep = Objects.requireNonNull(phase.sweep());
      return new Point(
          phase,
          sweep.level(),
          sweep.mark(),
          new Rates(
              figures.rates().requests(),
              figures.rates().outputTps(),
              figures.rates().inputTpsUncached(),
              figures.rates().concurrency(),
              mean(figures, "ttft"),
              mean(figures, "tpot")));
    }

    private static double mean(Summary.Phase figures, String key) {
      Summary.Latency latency = figures.latency().get(key);
      return latency == null || latency.mean() == null ? 0 : latency.mean() / 1e3;
    }
  }

  /** The rates at {@code level}, on the line between the measured levels around it. */
  private static Rates between(List<Point> points, double knee, double level) {
    List<Point> known = known(points, knee);
    Point below = null;
    for (Point each : known) {
      if (each.level() >= level) {
        Rates from = below == null ? each.rates().idle() : below.rates();
        double at = below == null ? 0 : below.level();
        double t = each.level() == at ? 1 : (level - at) / (each.level() - at);
        return Rates.between(from, each.rates(), t);
      }
      below = each;
    }
    return known.getLast().rates();
  }

  private static List<Point> known(List<Point> points, double knee) {
    return points.stream()
        .filter(each -> each.level() <= knee && each.mark() == Mark.GOOD)
        .sorted(Comparator.comparingDouble(Point::level))
        .toList();
  }

  private static PhaseRecord nearest(List<Point> points, double level) {
    return points.stream()
        .filter(each -> each.mark() == Mark.GOOD)
        .min(Comparator.comparingDouble(each -> Math.abs(each.level() - level)))
        .orElseThrow()
        .phase();
  }

  /** Of the rate of output tokens in a phase. */
  private double relativeHalfWidth(PhaseRecord phase) {
    long from = phase.measuredFromNanos();
    double width = (phase.endNanos() - from) / (double) BATCHES;
    long[] tokens = new long[BATCHES];
    for (AttemptRecord attempt : attempts) {
      long[] instants = attempt.eventNanos();
      for (int i = 0; i < instants.length; i++) {
        int batch = (int) Math.floor((instants[i] - from) / width);
        if (batch >= 0 && batch < BATCHES) {
          tokens[batch] += attempt.eventTokens()[i];
        }
      }
    }
    List<Double> values = new ArrayList<>();
    for (long each : tokens) {
      values.add((double) each);
    }
    MeanInterval interval = MeanInterval.of(values);
    return interval.mean() > 0 ? (interval.high() - interval.mean()) / interval.mean() : 0;
  }

  /** Of the sweep's completed requests. */
  private Mix mix(List<PhaseRecord> phases) {
    List<Integer> indices = phases.stream().map(PhaseRecord::index).toList();
    long count = 0;
    long input = 0;
    long cached = 0;
    long output = 0;
    for (AttemptRecord a : attempts) {
      if (a.outcome() == Outcome.COMPLETED && indices.contains(a.phase())) {
        int prompt = a.inputTokens() == AttemptRecord.NONE ? a.inputTokensAsked() : a.inputTokens();
        count++;
        input += Math.max(0, prompt);
        cached += Math.clamp(a.cachedTokens(), 0, Math.max(0, prompt));
        output += Math.max(0, a.outputTokens());
      }
    }
    double n = Math.max(1, count);
    return new Mix(input / n, output / n, input == 0 ? 0 : (double) cached / input);
  }
}
