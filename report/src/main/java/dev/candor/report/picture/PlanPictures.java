package dev.candor.report.picture;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.DailyFleet;
import dev.candor.analysis.plan.FleetSize;
import dev.candor.analysis.plan.Need;
import dev.candor.analysis.plan.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The pictures of a plan. */
public final class PlanPictures {
  private PlanPictures() {}

  /** What the peak wants of what the fleet has, by constraint. */
  public static @Nullable Picture needs(CapacityPlan plan) {
    FleetSize fleet = plan.fleets().getFirst();
    List<String> constraints = new ArrayList<>();
    List<@Nullable Double> shares = new ArrayList<>();
    for (Need.Part part : plan.need().each()) {
      double has = part.capacity().likely() * fleet.replicas().likely();
      if (has > 0 && Double.isFinite(part.wanted())) {
        constraints.add(part.constraint().key());
        shares.add(100 * part.wanted() / has);
      }
    }
    return bars(
        "plan-needs",
        "What the peak wants of the fleet",
        "A share of what the fleet has at its operating points: the longest bar binds, and its"
            + " distance from 100 % is the headroom.",
        PlotAxis.fromZero("wanted", "%"),
        constraints,
        "wanted at the peak",
        shares);
  }

  /** Replicas by what may be otherwise. */
  public static @Nullable Picture variations(List<Variation> variations) {
    List<String> names = new ArrayList<>();
    List<@Nullable Double> replicas = new ArrayList<>();
    for (Variation each : variations) {
      if (each.replicas() != null) {
        names.add(each.what());
        replicas.add((double) each.replicas().likely());
      }
    }
    return bars(
        "plan-what-if",
        "Replicas, were it otherwise",
        "How much each assumption weighs: a long bar is one to be sure of.",
        PlotAxis.fromZero("replicas", ""),
        names,
        "replicas",
        replicas);
  }

  private static @Nullable Picture bars(
      String id,
      String title,
      String see,
      PlotAxis y,
      List<String> categories,
      String name,
      List<@Nullable Double> values) {
    return categories.isEmpty()
        ? null
        : new Picture(
            id, title, see, new Bars(y, categories, List.of(new Series(name, values)), false));
  }

  /** The fleet over the day, and what the traffic needs. */
  public static @Nullable Picture day(@Nullable DailyFleet day, int most) {
    if (day == null) {
      return null;
    }
    return new Picture(
        "plan-day",
        "Replicas over the day",
        "Between the fleet for the peak and the scaled one lies what scaling saves.",
        new Lines(
            PlotAxis.fromZero("hour of the day", "h"),
            day.points().stream().map(DailyFleet.Point::hour).toList(),
            PlotAxis.fromZero("replicas", ""),
            null,
            List.of(
                line("fleet, scaled", day, DailyFleet.Point::fleet),
                line("fleet for the peak", day, ignored -> most),
                line("needed by the traffic", day, DailyFleet.Point::needed)),
            List.of(),
            List.of()));
  }

  private static Series line(
      String name, DailyFleet day, ToDoubleFunction<DailyFleet.Point> value) {
    List<@Nullable Double> values = new ArrayList<>();
    day.points().forEach(point -> values.add(value.applyAsDouble(point)));
    return new Series(name, values);
  }
}
