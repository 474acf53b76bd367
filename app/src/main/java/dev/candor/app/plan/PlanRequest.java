package dev.candor.app.plan;

import dev.candor.analysis.plan.Headroom;
import dev.candor.analysis.plan.PlanWish.GpuPrice;
import dev.candor.analysis.plan.PlanWish.Peak;
import dev.candor.analysis.plan.Spare;
import dev.candor.scenario.Prices;
import dev.candor.scenario.ProviderQuota;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks of a plan, by flags or a file; null where nothing was said.
 *
 * @param runs directories of runs, the first of the traffic most like the user's
 * @param profile an engine's name or file
 * @param scenario with a sweep, which is simulated where there is no run
 * @param replicas behind the address of the runs, null: as many as the run knows of, else one
 * @param slo of a simulated sweep
 * @param production corpus, for its cache hit rate and its day
 * @param daily 24 levels; none: not given
 * @param goodput null: what the sweep asks for
 * @param simulate whether the plan is to be checked
 */
public record PlanRequest(
    List<Path> runs,
    @Nullable String profile,
    @Nullable Path scenario,
    @Nullable Integer replicas,
    String slo,
    Peak peak,
    @Nullable Double input,
    @Nullable Double output,
    double growth,
    Headroom headroom,
    Spare spare,
    @Nullable Double hitRate,
    @Nullable Path production,
    ProviderQuota quota,
    List<Double> daily,
    double scaleUpS,
    @Nullable GpuPrice gpu,
    @Nullable Prices prices,
    @Nullable Double goodput,
    boolean simulate) {
  public PlanRequest {
    runs = List.copyOf(runs);
    daily = List.copyOf(daily);
  }
}
