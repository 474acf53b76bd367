package dev.candor.app.plan;

import dev.candor.analysis.plan.Capacity;
import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.FleetSize;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.analysis.plan.PlanWish;
import dev.candor.analysis.plan.Planner;
import dev.candor.analysis.plan.SweepCapacity;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.ProviderQuota;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a plan of what the user asks, and has it simulated. <b>For one thread.</b> */
public final class Planning {
  private static final double GOODPUT = 0.99;
  private static final double MUCH_MORE = 0.5;
  private static final double WORTH_ROUTING_FOR = 0.05;

  private final PlanRequest request;
  private final String version;
  private final Path place;
  private final Consumer<String> tells;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param place a directory for simulations and a fitted engine
   * @param tells hears of what takes time before it begins
   */
  public Planning(PlanRequest request, String version, Path place, Consumer<String> tells) {
    this.request = request;
    this.version = version;
    this.place = place;
    this.tells = tells;
  }

  /**
   * Does it all.
   *
   * @param force whether to take runs whose figures are the client's
   * @throws CandorException where there is nothing to plan from
   */
  public CapacityPlan plan(boolean force) throws InterruptedException {
    String profile = request.profile();
    PlanEngine engine = profile == null ? null : PlanEngine.named(profile);
    List<Path> paths = request.runs();
    boolean simulated = paths.isEmpty();
    if (simulated) {
      if (engine == null) {
        throw CandorException.user(
            "there is nothing to plan from; name the directory of a sweep (candor sweep), or an engine with --profile, such as --profile h100-llama3-8b");
      }
      tells.accept("a sweep of one replica of " + profile);
      paths = List.of(ProfileSweep.of(request, engine, place));
      notes.add(
          "nothing was measured: the capacity is that of a simulated sweep of one replica of "
              + profile);
    }
    List<PlannedRun> runs = PlannedRun.read(paths, force);
    if (simulated) {
      runs = runs.stream().map(run -> run.named("simulated " + profile)).toList();
    }
    List<PlannedRun> sweeps = runs.stream().filter(PlannedRun::isSweep).toList();
    if (sweeps.isEmpty()) {
      throw CandorException.user(
          "%s: has no sweep, and a plan needs the knee and the operating point; measure them with candor sweep (docs/saturation.md), or plan from an engine: candor fit %s --out engine.yaml, then candor plan --profile engine.yaml --input N --output N"
              .formatted(runs.getFirst().path(), runs.getFirst().path()));
    }
    PlannedRun first = sweeps.getFirst();
    int replicas = replicas(first);
    List<Capacity> capacities = new ArrayList<>();
    for (PlannedRun each : sweeps) {
      capacities.add(capacity(each).measured().perReplica(replicas(each)));
    }
    Capacity tightened = capacity(first).tightened();
    if (engine == null) {
      engine = found(first, replicas);
    }
    Planner planner =
        new Planner(
            version,
            wish(first),
            capacities,
            tightened == null ? null : tightened.perReplica(replicas),
            hitRates(runs),
            engine == null ? null : engine.settings(),
            itl(first.scenario()));
    CapacityPlan plan = planner.plan();
    if (engine != null && request.simulate()) {
      plan = simulated(plan, planner, first, engine);
    } else if (!request.simulate()) {
      notes.add("the plan was not simulated, as it was asked for");
    }
    for (String note : notes) {
      plan = plan.noting(note);
    }
    return plan;
  }

  private int replicas(PlannedRun run) {
    Integer asked = request.replicas();
    return asked == null ? run.replicas() : asked;
  }

  private static SweepCapacity capacity(PlannedRun run) {
    return new SweepCapacity(
        run.name(), run.info(), run.scenario(), run.attempts(), run.holdStable());
  }

  private @Nullable PlanEngine found(PlannedRun run, int replicas) {
    try {
      PlanEngine engine = PlanEngine.of(run, replicas, place);
      notes.add("the engine of formulas and simulations is " + engine.from());
      return engine;
    } catch (CandorException e) {
      if (e.code() == ErrorCode.INTERNAL) {
        throw e;
      }
      notes.add(
          "the plan was not simulated, as no engine is known: %s; name one with --profile"
              .formatted(e.getMessage()));
      return null;
    }
  }

  private PlanWish wish(PlannedRun run) {
    Path corpus = request.production();
    ProductionTraffic production = corpus == null ? null : ProductionTraffic.of(corpus);
    List<Double> daily = request.daily();
    Double hitRate = request.hitRate();
    if (production != null) {
      if (daily.isEmpty() && production.daily().isEmpty()) {
        notes.add(corpus + ": is shorter than a day, so that no daily curve is known");
      }
      daily = daily.isEmpty() ? production.daily() : daily;
      if (hitRate == null && production.hitRate() == null) {
        notes.add(corpus + ": does not know what the cache served");
      }
      hitRate = hitRate == null ? production.hitRate() : hitRate;
    }
    Double goodput = request.goodput();
    return new PlanWish(
        request.peak(),
        request.input(),
        request.output(),
        request.growth(),
        request.headroom(),
        request.spare(),
        hitRate,
        request.quota().equals(ProviderQuota.NONE) ? run.scenario().quota() : request.quota(),
        daily,
        request.scaleUpS(),
        request.gpu(),
        request.prices() == null ? run.scenario().prices() : request.prices(),
        goodput == null ? goodput(run.scenario()) : goodput);
  }

  /** What the sweep asks of a good level. */
  private static double goodput(Scenario scenario) {
    Sweep sweep = Objects.requireNonNull(scenario.sweep());
    return sweep.conditions().stream()
        .filter(each -> each.metric().equals("goodput"))
        .mapToDouble(each -> each.bound())
        .max()
        .orElse(GOODPUT);
  }

  /** The tightest of all classes. */
  private static @Nullable Long itl(Scenario scenario) {
    Long tightest = null;
    for (Slo slo : scenario.slos().values()) {
      Long itl = slo.itlNanos() == null ? slo.tpotNanos() : slo.itlNanos();
      if (itl != null && (tightest == null || itl < tightest)) {
        tightest = itl;
      }
    }
    return tightest;
  }

  private static Map<String, Double> hitRates(List<PlannedRun> runs) {
    Map<String, Double> rates = new LinkedHashMap<>();
    if (runs.size() > 1) {
      runs.forEach(run -> rates.put(run.name(), run.hitRate()));
    }
    return rates;
  }

  private CapacityPlan simulated(
      CapacityPlan plan, Planner planner, PlannedRun run, PlanEngine engine)
      throws InterruptedException {
    FleetSize fleet = plan.fleets().getFirst();
    int planned = fleet.replicas().likely();
    if (planned > ClusterPlan.MOST_REPLICAS) {
      notes.add(
          "the plan was not simulated: it has %d replicas, and a simulation has at most %d"
              .formatted(planned, ClusterPlan.MOST_REPLICAS));
      return plan;
    }
    Capacity capacity = plan.capacities().getFirst();
    // A sweep that was written for the plan has the plan's own requests.
    boolean written = request.runs().isEmpty() && request.scenario() == null;
    boolean own =
        (written || (request.input() == null && request.output() == null)) && !bothTokens();
    PlannedRun.Sessions sessions = own ? run.sessions() : new PlannedRun.Sessions(1, 0);
    double residence =
        capacity.ttftS() + capacity.tpotS() * Math.max(1, plan.demand().mix().output());
    PeakScenario peak =
        new PeakScenario(
            run.scenario(),
            engine.engine(),
            routing(capacity.mix().hitRate()),
            plan.demand().requestsPerS() * sessions.perRequest(),
            plan.demand().requestsPerS(),
            own ? 0 : plan.demand().mix().input(),
            own ? 0 : plan.demand().mix().output(),
            residence,
            sessions.seconds());
    if (!own) {
      notes.add(
          "simulated were requests of the asked lengths, from half to one and a half of them, which share no prefix");
    } else if (request.hitRate() != null || request.production() != null) {
      notes.add("simulated was the run's own workload, with the cache hits that it has by itself");
    }
    int lost = request.spare().lost(planned);
    PlanCheck check =
        new PeakSimulations(peak, plan.goodput(), place, tells)
            .check(planned, lost, planner.formulaMinimum(plan), engine.from());
    tellDeviation(check, planned, lost);
    return plan.checked(check);
  }

  /** Where a cache serves much, a router that does not look for it loses what the sweep had. */
  private static MockEngine.Routing routing(double hitRate) {
    return hitRate > WORTH_ROUTING_FOR
        ? MockEngine.Routing.PREFIX_AWARE
        : MockEngine.Routing.LEAST_LOADED;
  }

  private void tellDeviation(PlanCheck check, int planned, int lost) {
    Integer minimum = check.minimum();
    Double deviation = check.deviation();
    if (minimum == null || deviation == null) {
      notes.add("no fleet was found that holds the target: requests like these miss it alone");
    } else if (planned - lost < minimum) {
      notes.add(
          "simulated, %d replicas must be left at the peak: have %d"
              .formatted(minimum, minimum + lost));
    } else if (deviation > MUCH_MORE) {
      notes.add(
          "the simulation needs far fewer replicas than the measured rates say: the sweep's requests or targets are harder than the peak's; a sweep of requests like yours would tell");
    }
  }

  private boolean bothTokens() {
    return request.peak().inputTps() != null && request.peak().outputTps() != null;
  }
}
