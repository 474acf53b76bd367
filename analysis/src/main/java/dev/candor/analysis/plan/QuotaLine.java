package dev.candor.analysis.plan;

import dev.candor.scenario.ProviderQuota;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a provider's limits at the peak.
 *
 * @param limit {@code rpm}, {@code tpm}, {@code input_tpm}, {@code output_tpm}
 * @param needed a minute at the peak
 * @param granted null: not known
 * @param share of the limit that the peak uses, null: not known
 * @param binds whether it is too little for the peak
 * @param ask what to ask the provider for: the peak with the lower headroom
 */
public record QuotaLine(
    String limit,
    double needed,
    @Nullable Long granted,
    @Nullable Double share,
    boolean binds,
    double ask) {

  private static final double MINUTE = 60;

  static List<QuotaLine> of(Demand peak, ProviderQuota quota, double headroom) {
    List<QuotaLine> lines = new ArrayList<>();
    lines.add(line("rpm", peak.requestsPerS(), quota.requests(), headroom));
    lines.add(line("tpm", peak.inputTps() + peak.outputTps(), quota.tokens(), headroom));
    lines.add(line("input_tpm", peak.computedInputTps(), quota.inputTokens(), headroom));
    lines.add(line("output_tpm", peak.outputTps(), quota.outputTokens(), headroom));
    return lines;
  }

  private static QuotaLine line(
      String limit, double perSecond, @Nullable Long granted, double headroom) {
    double needed = perSecond * MINUTE;
    return new QuotaLine(
        limit,
        needed,
        granted,
        granted == null ? null : Double.valueOf(needed / granted),
        granted != null && needed > granted,
        needed * headroom);
  }
}
