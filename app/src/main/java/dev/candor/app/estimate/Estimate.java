package dev.candor.app.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will take.
 *
 * @param target for display
 * @param cached of the input, served from the provider's cache
 * @param seconds of the run, its drain included
 * @param cost null: no prices are known
 * @param currency of the cost, null as that
 * @param basis what the ranges come from, whole sentences
 */
public record Estimate(
    String scenario,
    String target,
    Range requests,
    Range input,
    Range cached,
    Range output,
    Range seconds,
    @Nullable Range cost,
    @Nullable String currency,
    List<QuotaUse> quota,
    List<String> basis) {
  public Estimate {
    quota = List.copyOf(quota);
    basis = List.copyOf(basis);
  }

  /** The same with what it comes from. */
  Estimate because(List<String> sentences) {
    return new Estimate(
        scenario, target, requests, input, cached, output, seconds, cost, currency, quota,
        sentences);
  }

  /** The same with room for what a machine in real time does otherwise. */
  Estimate widened(double down, double up) {
    return new Estimate(
        scenario,
        target,
        requests.widened(down, up),
        input.widened(down, up),
        cached.widened(0, up),
        output.widened(down, up),
        seconds.widened(down, up),
        cost == null ? null : cost.widened(down, up),
        currency,
        quota.stream()
            .map(
                use ->
                    new QuotaUse(
                        use.key(),
                        use.limit(),
                        use.mean().widened(down, up),
                        use.peak().widened(down, up)))
            .toList(),
        basis);
  }

  /** Input and output together. */
  public Range tokens() {
    return new Range(
        input.low() + output.low(), input.likely() + output.likely(), input.high() + output.high());
  }
}
