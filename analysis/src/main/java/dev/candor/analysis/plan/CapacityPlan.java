package dev.candor.analysis.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan for a peak; plan.json with the keys of docs/plan.md.
 *
 * @param candor version
 * @param peak as it was asked for
 * @param demand what that is, growth included
 * @param growth included in it
 * @param capacities of one replica, as measured
 * @param engine how full its engine would be, null where it is not known
 * @param need before headroom
 * @param fleets one for each end of the headroom
 * @param spare what may be lost
 * @param caches the fleet by what the prefix cache serves
 * @param quotas of a provider
 * @param day null where no daily curve is known
 * @param cost null without prices
 * @param variations what if
 * @param check null where nothing was simulated, which {@code notes} explain
 */
public record CapacityPlan(
    String candor,
    String peak,
    Demand demand,
    double growth,
    double goodput,
    List<Capacity> capacities,
    @Nullable EngineLimits engine,
    Need need,
    Headroom headroom,
    List<FleetSize> fleets,
    String spare,
    List<Variation> caches,
    List<QuotaLine> quotas,
    @Nullable DailyFleet day,
    @Nullable MonthlyCost cost,
    List<Variation> variations,
    @Nullable PlanCheck check,
    List<String> notes) {
  public CapacityPlan {
    capacities = List.copyOf(capacities);
    fleets = List.copyOf(fleets);
    caches = List.copyOf(caches);
    quotas = List.copyOf(quotas);
    variations = List.copyOf(variations);
    notes = List.copyOf(notes);
  }

  /** Its sentence. */
  public String sentence() {
    FleetSize first = fleets.getFirst();
    FleetSize last = fleets.getLast();
    String more =
        fleets.size() == 1 ? "" : ", %s for bursty traffic".formatted(last.replicas().text());
    return "%s replicas for %s%s".formatted(first.replicas().text(), peak, more);
  }

  /** The same, checked. */
  public CapacityPlan checked(PlanCheck other) {
    return new CapacityPlan(
        candor,
        peak,
        demand,
        growth,
        goodput,
        capacities,
        engine,
        need,
        headroom,
        fleets,
        spare,
        caches,
        quotas,
        day,
        cost,
        variations,
        other,
        notes);
  }

  /** The same with one more note. */
  public CapacityPlan noting(String note) {
    List<String> more = new java.util.ArrayList<>(notes);
    more.add(note);
    return new CapacityPlan(
        candor,
        peak,
        demand,
        growth,
        goodput,
        capacities,
        engine,
        need,
        headroom,
        fleets,
        spare,
        caches,
        quotas,
        day,
        cost,
        variations,
        check,
        more);
  }
}
