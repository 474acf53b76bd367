package dev.candor.analysis;

import dev.candor.analysis.drift.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The member {@code drift} of summary.json. */
final class DriftJson {
  private static final int TIMES = 100;

  private DriftJson() {}

  static @Nullable Map<String, @Nullable Object> of(@Nullable Drift drift) {
    return drift == null
        ? null
        : SummaryJson.fields(
            "phase", drift.phase(),
            "from_s", drift.fromS(),
            "hours", drift.hours(),
            "window_s", drift.windowS(),
            "windows", drift.windows(),
            "worse", drift.worse().size(),
            "trends", drift.trends().stream().map(DriftJson::trend).toList(),
            "spikes", drift.spikes().stream().map(each -> spikes(drift, each)).toList());
  }

  private static Map<String, @Nullable Object> trend(Drift.Trend t) {
    return SummaryJson.fields(
        "metric", t.metric().key(),
        "side", t.metric().side().name().toLowerCase(Locale.ROOT),
        "unit", t.metric().unit(),
        "start", t.start(),
        "per_hour", t.perHour(),
        "per_hour_ci95", interval(finite(t.low()), finite(t.high())),
        "percent_per_hour", t.percent(t.perHour()),
        "percent_per_hour_ci95", interval(t.percent(t.low()), t.percent(t.high())),
        "p", t.p(),
        "p_adjusted", t.adjusted(),
        "drifting", t.drifting(),
        "worse", t.worse());
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Null where an end is not known. */
  private static @Nullable List<Double> interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? null : List.of(low, high);
  }

  /** The period and what follows from it only where there is one. */
  private static Map<String, @Nullable Object> spikes(Drift drift, Drift.Spikes s) {
    return SummaryJson.fields(
        "metric", s.metric(),
        "found", s.found(),
        "period_s", s.found() ? s.periodS() : null,
        "amplitude", s.found() ? s.amplitude() : null,
        "times_s", s.found() ? times(drift, s) : null,
        "p", s.falseAlarm(),
        "p_adjusted", s.adjusted());
  }

  private static List<Double> times(Drift drift, Drift.Spikes s) {
    List<Double> times = new ArrayList<>();
    double end = drift.fromS() + drift.hours() * 3600;
    for (int i = 0; i < TIMES && s.firstS() + i * s.periodS() < end; i++) {
      times.add(s.firstS() + i * s.periodS());
    }
    return times;
  }
}
