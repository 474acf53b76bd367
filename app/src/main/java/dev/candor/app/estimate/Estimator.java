package dev.candor.app.estimate;

import dev.candor.app.estimate.Assumptions.Case;
import dev.candor.base.units.Durations;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Prices;
import dev.candor.scenario.ProviderQuota;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Puts an estimate together from what the load would be in several cases. */
public final class Estimator {
  /** A mock in real time answers a little later than a simulated one, never sooner. */
  private static final double REAL_TIME = 0.93;

  /** What else may differ: instants of a few milliseconds decide who is the last of a step. */
  private static final double SLACK = 1.03;

  /** One level that is judged otherwise leads a sweep elsewhere. */
  private static final double OTHER_PATH = 2;

  private final Scenario scenario;
  private final List<Weighed> cases = new ArrayList<>();
  private final List<String> basis = new ArrayList<>();

  /** A case with the time its steps are apart. */
  private record Weighed(Tally tally, double drainSeconds) {
    double seconds() {
      return tally.endNanos / 1e9 + drainSeconds;
    }
  }

  /** Shares of what could be cached. */
  private double leastCached;

  private double usuallyCached;

  private Estimator(Scenario scenario) {
    this.scenario = scenario;
    // Half of it: providers keep prefixes for minutes, and not short ones.
    this.usuallyCached = scenario.workload().cache() == null ? 0.5 : 1;
  }

  /** Of a target that nobody has asked: from sessions as the run would draw them. */
  public static Estimate of(Scenario scenario, Assumptions known) {
    Assumptions assumptions = scenario.target().ignoreEos() ? known.withExactLengths() : known;
    Estimator estimator = new Estimator(scenario);
    estimator.imagine(assumptions);
    return estimator.estimate();
  }

  /** Of a run whose simulation came to {@code tally}, in {@code seconds}. */
  static Estimate ofSimulation(Scenario scenario, Tally tally, double seconds) {
    Estimator estimator = new Estimator(scenario);
    double load = scenario.sweep() == null ? Math.min(seconds, loadSeconds(scenario)) : seconds;
    tally.endNanos = Math.round(load * 1e9);
    estimator.cases.add(new Weighed(tally, seconds - load));
    estimator.leastCached = 1;
    estimator.usuallyCached = 1;
    estimator.basis.add(
        "the target is the mock: the run was simulated with its own profile and seed; the range is what a machine in real time may differ by");
    estimator.failures();
    if (scenario.sweep() == null) {
      return estimator.estimate().widened(REAL_TIME, SLACK);
    }
    estimator.basis.add(
        "a search goes by what it measures, and may take half or twice as many steps");
    return estimator.estimate().widened(1 / OTHER_PATH, OTHER_PATH);
  }

  private static double loadSeconds(Scenario scenario) {
    return scenario.steps().stream().mapToLong(LoadStep::durationNanos).sum() / 1e9;
  }

  private void imagine(Assumptions assumptions) {
    double drain = scenario.drainNanos() / 1e9;
    List<Case> all = assumptions.cases();
    Sweep sweep = scenario.sweep();
    long looked = 0;
    boolean sampled = false;
    List<List<LoadStep>> paths = paths();
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        if (i == 0 && j > 0 && paths.size() > 1) {
          break;
        }
        ImaginedLoad.Outcome outcome = ImaginedLoad.of(scenario, paths.get(i), all.get(j));
        sampled |= outcome.sampled();
        looked = Math.max(looked, outcome.looked());
        double pauses =
            sweep == null
                ? 0
                : (i == 2 ? 1 : 0)
                    * paths.get(i).size()
                    / 2.0
                    * (sweep.step().pauseNanos() + sweep.step().drainNanos())
                    / 1e9;
        cases.add(
            new Weighed(
                outcome.tally(),
                pauses + (j == 0 ? Math.min(drain, drainOf(all.get(0))) : j == 1 ? 0 : drain)));
      }
    }
    explain(assumptions, sampled, looked);
  }

  private static double drainOf(Case usual) {
    return usual.speed().answerNanos(usual.answer(0)) / 1e9;
  }

  /** The usual way first. */
  private List<List<LoadStep>> paths() {
    Sweep sweep = scenario.sweep();
    if (sweep == null) {
      return List.of(scenario.steps());
    }
    double middle = Math.sqrt(Math.max(1e-9, sweep.from()) * sweep.to());
    return List.of(
        with(SweepPaths.to(sweep, middle, false)),
        with(SweepPaths.shortest(sweep)),
        with(SweepPaths.to(sweep, sweep.to(), true)),
        with(SweepPaths.to(sweep, sweep.to() * 0.99, true)));
  }

  private List<LoadStep> with(List<LoadStep> swept) {
    List<LoadStep> all = new ArrayList<>(scenario.steps());
    all.addAll(swept);
    return all;
  }

  private void explain(Assumptions assumptions, boolean sampled, long looked) {
    List<LoadStep> highest = scenario.highestSteps();
    if (highest.stream().anyMatch(LoadStep.Closed.class::isInstance)) {
      basis.add("users ask again when they are answered: " + assumptions.speeds());
    }
    if (highest.stream().anyMatch(step -> !(step instanceof LoadStep.Closed))) {
      basis.add(
          "arrivals are on a schedule, which no target changes; what follows in a session is not: "
              + assumptions.speeds());
    }
    basis.add(
        scenario.target().ignoreEos()
            ? "answers have max_tokens exactly (ignore_eos)"
            : assumptions.lengths());
    if (scenario.sweep() != null) {
      basis.add(
          "the search goes from every level being too much, each as short as may be, to a knee at its highest, each as long as may be");
    }
    basis.add("cached input: from none to all that prompts share with earlier ones");
    if (sampled) {
      basis.add(
          String.format(
              Locale.ROOT,
              "up to %,d requests were drawn as the run would draw them; the rest is taken to be like them",
              looked));
    }
    failures();
  }

  private void failures() {
    basis.add(
        scenario.retries().maxAttempts() > 1
            ? "no request fails; each retry would cost its tokens again, up to %d attempts a request"
                .formatted(scenario.retries().maxAttempts())
            : "no request fails");
    Prices prices = scenario.prices();
    if (prices != null) {
      basis.add(priceText(prices));
    }
  }

  /** Where the scenario bounds what may be spent, and the run may come to it. */
  private void budget(Estimate estimate) {
    Double most = scenario.budget().cost();
    Range cost = estimate.cost();
    if (most != null && cost != null && cost.high() > most) {
      basis.add(
          "the budget of %s may stop it before its time"
              .formatted(EstimateText.money(most, estimate.currency())));
    }
    Long tokens = scenario.budget().tokens();
    if (tokens != null && estimate.tokens().high() > tokens) {
      basis.add(
          "the budget of %s tokens may stop it before its time"
              .formatted(EstimateText.count(tokens)));
    }
  }

  private static String priceText(Prices prices) {
    Prices.Origin origin = prices.origin();
    return origin.model() == null
        ? "prices as given"
        : "prices of %s%s%s"
            .formatted(
                origin.model(),
                origin.asOf() == null ? "" : " as of " + origin.asOf(),
                origin.source() == null ? "" : ", " + origin.source());
  }

  private Estimate estimate() {
    Range shared = Range.of(tallies(), tally -> tally.shared);
    Estimate estimate =
        new Estimate(
            scenario.name(),
            target(),
            Range.of(tallies(), tally -> tally.requests),
            Range.of(tallies(), tally -> tally.input),
            new Range(shared.low() * leastCached, shared.likely() * usuallyCached, shared.high()),
            Range.of(tallies(), tally -> tally.output),
            Range.of(cases, Weighed::seconds),
            cost(),
            scenario.prices() == null ? null : scenario.prices().currency(),
            quota(),
            List.of());
    budget(estimate);
    return estimate.because(basis);
  }

  private List<Tally> tallies() {
    return cases.stream().map(Weighed::tally).toList();
  }

  private @Nullable Range cost() {
    Prices prices = scenario.prices();
    if (prices == null) {
      return null;
    }
    Range least = Range.of(cases, each -> cost(prices, each, 1));
    Range most = Range.of(cases, each -> cost(prices, each, leastCached));
    return new Range(
        Math.min(least.low(), most.low()),
        cost(prices, cases.getFirst(), usuallyCached),
        Math.max(least.high(), most.high()));
  }

  private static double cost(Prices prices, Weighed each, double cachedShare) {
    if (prices.gpus() != null) {
      return prices.gpus().cost(each.seconds() * 1e9);
    }
    Tally tally = each.tally();
    double cached = Math.min(tally.input, tally.shared * cachedShare);
    return prices.cost(
            Math.round(tally.input - cached), Math.round(cached), 0, Math.round(tally.output))
        + tally.requests * prices.requestPrice();
  }

  private String target() {
    return scenario.target().urls().isEmpty()
        ? "the embedded mock"
        : scenario.target().urls().getFirst() + " (" + scenario.target().model() + ")";
  }

  private List<QuotaUse> quota() {
    ProviderQuota granted = scenario.quota();
    List<QuotaUse> uses = new ArrayList<>();
    add(uses, "rpm", granted.requests(), tally -> tally.requests, Tally::peakRequests);
    add(uses, "tpm", granted.tokens(), tally -> tally.input + tally.output, Tally::peakTokens);
    add(uses, "input_tpm", granted.inputTokens(), tally -> tally.input, Tally::peakInput);
    add(uses, "output_tpm", granted.outputTokens(), tally -> tally.output, Tally::peakOutput);
    return uses;
  }

  private void add(
      List<QuotaUse> uses,
      String key,
      @Nullable Long limit,
      ToDoubleFunction<Tally> total,
      ToDoubleFunction<Tally> peak) {
    if (limit != null) {
      uses.add(
          new QuotaUse(
              key,
              limit,
              Range.of(tallies(), tally -> tally.meanAMinute(total.applyAsDouble(tally))),
              Range.of(tallies(), peak)));
    }
  }

  static String time(double seconds) {
    return Durations.format(Duration.ofNanos(Math.round(seconds * 1e9)));
  }
}
