package dev.candor.analysis.plan;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineSettings;
import dev.candor.scenario.Prices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans.
 *
 * @param capacities of one replica, the first of the traffic most like the user's
 * @param tightened the first of them where every latency target is half, null where that was not
 *     measured
 * @param hitRates that other runs had, by their names
 * @param engine whose coefficients are known, null where none is
 * @param itlNanos the ITL target, null: none
 */
public record Planner(
    String version,
    PlanWish wish,
    List<Capacity> capacities,
    @Nullable Capacity tightened,
    Map<String, Double> hitRates,
    @Nullable EngineSettings engine,
    @Nullable Long itlNanos) {

  private static final double MEANINGFUL_RATE = 1e-9;

  public Planner {
    capacities = List.copyOf(capacities);
    hitRates = Collections.unmodifiableMap(new LinkedHashMap<>(hitRates));
  }

  /**
   * The plan, not yet simulated.
   *
   * @throws CandorException where the peak cannot be told in requests
   */
  public CapacityPlan plan() {
    Needs needs = new Needs(capacities, engine, itlNanos);
    Demand demand = demand();
    Need need = needs.of(demand);
    Headroom headroom = wish.headroom();
    List<FleetSize> fleets = new ArrayList<>();
    fleets.add(fleet(need, headroom.low()));
    if (headroom.high() > headroom.low()) {
      fleets.add(fleet(need, headroom.high()));
    }
    DailyFleet day =
        wish.daily().isEmpty()
            ? null
            : DailyFleet.of(
                wish.daily(),
                need.replicas().likely(),
                headroom.low(),
                wish.spare(),
                fleets.getFirst().replicas().likely(),
                wish.scaleUpS());
    return new CapacityPlan(
        version,
        wish.peak().text(),
        demand,
        wish.growth(),
        wish.goodput(),
        capacities,
        engine == null ? null : EngineLimits.of(engine, demand.mix(), itlNanos),
        need,
        headroom,
        fleets,
        wish.spare().text(),
        caches(needs, demand),
        QuotaLine.of(demand, wish.quota(), headroom.low()),
        day,
        cost(fleets, demand, day),
        variations(needs, demand),
        null,
        notes());
  }

  private FleetSize fleet(Need need, double headroom) {
    return FleetSize.of(need.replicas(), headroom, wish.spare());
  }

  /** The fewest replicas by the knee itself: no headroom, no spare, nothing left. */
  public int formulaMinimum(CapacityPlan plan) {
    return Estimate.up(plan.need().replicas().likely() * capacities.getFirst().share());
  }

  private Demand demand() {
    Capacity first = capacities.getFirst();
    Mix measured = first.mix();
    PlanWish.Peak peak = wish.peak();
    double input = wish.input() == null ? measured.input() : wish.input();
    double output = wish.output() == null ? measured.output() : wish.output();
    double rate;
    if (peak.requestsPerS() != null) {
      rate = peak.requestsPerS();
    } else if (peak.users() != null) {
      rate = peak.users() * first.requestsPerS() / Math.max(MEANINGFUL_RATE, first.users());
    } else if (peak.outputTps() != null) {
      if (!(output > 0)) {
        throw CandorException.user(
            "the peak is in output tokens, and the run's answers have none; give it as --peak-input-tps or --peak-rate");
      }
      rate = peak.outputTps() / output;
      input = peak.inputTps() == null ? input : peak.inputTps() / rate;
    } else if (peak.inputTps() != null) {
      rate = peak.inputTps() / input;
    } else {
      throw CandorException.user("there is no peak to plan for");
    }
    double hitRate = wish.hitRate() == null ? measured.hitRate() : wish.hitRate();
    return new Demand(rate * (1 + wish.growth()), new Mix(input, output, hitRate));
  }

  private List<Variation> caches(Needs needs, Demand demand) {
    List<Variation> rows = new ArrayList<>();
    double measured = capacities.getFirst().mix().hitRate();
    rows.add(variation(needs, "cold: nothing is found", with(demand, 0)));
    rows.add(variation(needs, "measured: " + percent(measured), with(demand, measured)));
    hitRates.forEach(
        (run, rate) -> rows.add(variation(needs, run + ": " + percent(rate), with(demand, rate))));
    if (wish.hitRate() != null) {
      rows.add(
          variation(
              needs, "production's: " + percent(wish.hitRate()), with(demand, wish.hitRate())));
    }
    return rows;
  }

  private static Demand with(Demand demand, double hitRate) {
    return demand.of(demand.mix().withHitRate(hitRate));
  }

  private List<Variation> variations(Needs needs, Demand demand) {
    List<Variation> rows = new ArrayList<>();
    rows.add(variation(needs, "as planned", demand));
    rows.add(variation(needs, "inputs double", demand.of(demand.mix().times(2, 1))));
    rows.add(variation(needs, "outputs double", demand.of(demand.mix().times(1, 2))));
    rows.add(variation(needs, "the cache serves nothing", with(demand, 0)));
    rows.add(variation(needs, "peak + 50 %", demand.times(1.5)));
    if (tightened == null) {
      rows.add(
          new Variation(
              "latency targets halved",
              demand.computedInputTps(),
              demand.outputTps(),
              null,
              "no level of the sweep that was measured meets them, or the run has no SLO"));
    } else {
      Needs tight = new Needs(List.of(tightened), engine, null);
      rows.add(variation(tight, "latency targets halved, a knee of " + tightened.knee(), demand));
    }
    return rows;
  }

  private Variation variation(Needs needs, String what, Demand demand) {
    Need need = needs.of(demand);
    boolean possible = Double.isFinite(need.replicas().high());
    return new Variation(
        what,
        demand.computedInputTps(),
        demand.outputTps(),
        possible ? fleet(need, wish.headroom().low()).replicas() : null,
        possible ? need.how() : "no run has shown any of what it needs");
  }

  private @Nullable MonthlyCost cost(
      List<FleetSize> fleets, Demand demand, @Nullable DailyFleet day) {
    Prices prices = wish.prices();
    PlanWish.GpuPrice gpu = wish.gpu() == null ? byTime(prices) : wish.gpu();
    if (gpu == null && prices == null) {
      return null;
    }
    double each = gpu == null ? 0 : gpu.perHour() * gpu.gpus() * MonthlyCost.HOURS;
    double level = day == null ? 1 : day.meanLevel();
    Double tokens = null;
    if (prices != null && !prices.byTime()) {
      double seconds = MonthlyCost.HOURS * 3600 * level;
      tokens =
          prices.cost(
                  Math.round(demand.computedInputTps() * seconds),
                  Math.round((demand.inputTps() - demand.computedInputTps()) * seconds),
                  0,
                  Math.round(demand.outputTps() * seconds))
              + demand.requestsPerS() * seconds * prices.requestPrice();
    }
    return new MonthlyCost(
        gpu == null ? currency(prices) : gpu.currency(),
        gpu == null ? null : money(fleets.getFirst().replicas(), each),
        gpu == null ? null : money(fleets.getLast().replicas(), each),
        gpu == null || day == null ? null : Double.valueOf(day.scaledHours() / 24 * each),
        tokens,
        gpu == null
            ? "token prices"
            : String.format(
                Locale.ROOT, "%d GPU × %.2f an hour × 730 h", gpu.gpus(), gpu.perHour()));
  }

  /** What the run's replica cost by the hour, where that is known. */
  private static PlanWish.@Nullable GpuPrice byTime(@Nullable Prices prices) {
    Prices.GpuHours gpus = prices == null ? null : prices.gpus();
    return prices == null || gpus == null
        ? null
        : new PlanWish.GpuPrice(prices.currency(), gpus.hour(), gpus.count());
  }

  private static String currency(@Nullable Prices prices) {
    return prices == null ? "" : prices.currency();
  }

  private static Estimate money(ReplicaCount replicas, double each) {
    return new Estimate(replicas.low() * each, replicas.likely() * each, replicas.high() * each);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Capacity each : capacities) {
      if (!each.verified()) {
        notes.add(
            "%s: the operating point was not held, or not stably; candor sweep with a hold verifies it"
                .formatted(each.run()));
      }
    }
    Mix first = capacities.getFirst().mix();
    if (wish.input() == null
        && wish.output() == null
        && capacities.stream().anyMatch(each -> !Needs.sameLengths(first, each.mix()))) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the runs' requests differ: planned is for those of %s (%.0f tokens in, %.0f out); --input and --output say otherwise",
              capacities.getFirst().run(),
              first.input(),
              first.output()));
    }
    if (wish.prices() != null && wish.daily().isEmpty()) {
      notes.add("tokens are counted as if the peak lasted all day: no daily curve is known");
    }
    if (wish.peak().users() != null) {
      notes.add(
          "users are as busy as those of the sweep; of a sweep of rates, each is a request in flight");
    }
    return notes;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
