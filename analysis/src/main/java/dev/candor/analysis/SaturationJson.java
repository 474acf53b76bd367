package dev.candor.analysis;

import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.saturation.Saturation.Bounds;
import dev.candor.analysis.saturation.Saturation.Scalability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The member {@code saturation} of summary.json. */
final class SaturationJson {
  private SaturationJson() {}

  static @Nullable Map<String, @Nullable Object> of(@Nullable Saturation s) {
    return s == null
        ? null
        : SummaryJson.fields(
            "dimension", s.dimension().key(),
            "while", s.conditions(),
            "resolution", s.resolution(),
            "knee", s.knee(),
            "knee_ci95", bounds(s.kneeCi()),
            "first_bad", s.firstBad(),
            "operating_point", s.operatingPoint(),
            "operating_point_ci95", bounds(s.operatingPointCi()),
            "ended", s.why(),
            "hold", hold(s.hold()),
            "scalability", scalability(s.scalability()),
            "steps", s.steps().stream().map(SaturationJson::step).toList());
  }

  private static @Nullable Map<String, @Nullable Object> hold(
      Saturation.@Nullable HoldVerdict hold) {
    return hold == null
        ? null
        : SummaryJson.fields(
            "level", hold.level(), "stable", hold.stable(), "reasons", hold.reasons());
  }

  private static Map<String, @Nullable Object> scalability(Scalability scalability) {
    return switch (scalability) {
      case Scalability.Unknown unknown -> SummaryJson.fields("unknown", unknown.reason());
      case Scalability.Fitted fit ->
          SummaryJson.fields(
              "lambda", fit.lambda(),
              "sigma", fit.sigma(),
              "sigma_ci95", bounds(fit.sigmaCi()),
              "kappa", fit.kappa(),
              "kappa_ci95", bounds(fit.kappaCi()),
              "peak_load", fit.peakLoad(),
              "peak_load_ci95", bounds(fit.peakLoadCi()),
              "r_squared", fit.rSquared());
    };
  }

  private static Map<String, @Nullable Object> step(Saturation.Step step) {
    return SummaryJson.fields(
        "phase", step.phase(),
        "level", step.level(),
        "mark", step.mark().key(),
        "why", step.why(),
        "duration_s", step.durationS(),
        "settled", step.settled(),
        "steady_after_s", step.steadyAfterS(),
        "requests", step.requests(),
        "goodput", step.goodput(),
        "goodput_ci95", bounds(new Bounds(step.goodputLow(), step.goodputHigh())),
        "output_tps", step.outputTps(),
        "requests_per_s", step.requestsPerS(),
        "marginal", step.marginal(),
        "ttft_p50", step.ttftP50(),
        "ttft_p90", step.ttftP90(),
        "ttft_p99", step.ttftP99(),
        "itl_p50", step.itlP50(),
        "itl_p99", step.itlP99(),
        "concurrency", step.concurrency(),
        "little_ratio", step.littleRatio());
  }

  private static @Nullable List<@Nullable Double> bounds(@Nullable Bounds bounds) {
    if (bounds == null || (bounds.low() == null && bounds.high() == null)) {
      return null;
    }
    List<@Nullable Double> ends = new ArrayList<>();
    ends.add(bounds.low());
    ends.add(bounds.high());
    return ends;
  }
}
