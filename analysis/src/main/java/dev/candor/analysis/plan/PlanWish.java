package dev.candor.analysis.plan;

import dev.candor.scenario.Prices;
import dev.candor.scenario.ProviderQuota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is asked for.
 *
 * @param peak the traffic that must be served
 * @param input prompt tokens of a request, null: the run's
 * @param output tokens of an answer, null: the run's
 * @param growth by which the peak grows until the plan's end: 0.2 is a fifth
 * @param hitRate of production's prefix cache, null: the measured one
 * @param quota that a provider grants
 * @param daily 24 levels, one an hour, of which the highest is the peak; none: not known
 * @param scaleUpS from the wish for a replica until it serves
 * @param gpu what replicas cost, null: not known
 * @param prices of tokens, null: not known
 * @param goodput share of requests that must meet their SLOs
 */
public record PlanWish(
    Peak peak,
    @Nullable Double input,
    @Nullable Double output,
    double growth,
    Headroom headroom,
    Spare spare,
    @Nullable Double hitRate,
    ProviderQuota quota,
    List<Double> daily,
    double scaleUpS,
    @Nullable GpuPrice gpu,
    @Nullable Prices prices,
    double goodput) {

  /** Until a replica serves: a node, the image, the model's weights. */
  public static final double SCALE_UP_S = 300;

  public PlanWish {
    daily = List.copyOf(daily);
  }

  /** Of a replica's GPUs together {@code gpus} × {@code perHour}. */
  public record GpuPrice(String currency, double perHour, int gpus) {}

  /** A peak, as it is known. One of them is not null; tokens may be both. */
  public record Peak(
      @Nullable Double outputTps,
      @Nullable Double inputTps,
      @Nullable Double requestsPerS,
      @Nullable Double users) {

    /** Such as {@code 50 requests/s}. */
    public String text() {
      if (requestsPerS != null) {
        return number(requestsPerS) + " requests/s";
      }
      if (users != null) {
        return number(users) + " users";
      }
      String out = outputTps == null ? "" : number(outputTps) + " output tokens/s";
      String in = inputTps == null ? "" : number(inputTps) + " input tokens/s";
      return out.isEmpty() || in.isEmpty() ? out + in : out + " and " + in;
    }

    private static String number(double value) {
      return value == Math.rint(value)
          ? String.format(java.util.Locale.ROOT, "%,.0f", value)
          : String.format(java.util.Locale.ROOT, "%,.2f", value);
    }
  }
}
