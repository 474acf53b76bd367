package dev.candor.scenario.yaml;

import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Load steps as they were resolved. */
final class LoadYaml {
  private LoadYaml() {}

  static Map<String, Object> entries(LoadStep step) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("name", step.name());
    switch (step) {
      case LoadStep.Closed closed -> {
        section.put("users", closed.users());
        section.put("ramp_from", closed.fromUsers());
        section.put("think", QuantityText.nanos(closed.thinkNanos()));
      }
      case LoadStep.Open open -> {
        section.put("rate", open.ratePerSecond() + "/s");
        if (!ArrivalsReader.hasCurve(open.arrivals())) {
          section.put("ramp_from", open.fromRatePerSecond() + "/s");
        }
        section.put("arrivals", arrivals(open.arrivals()));
        cap(section, open.maxInFlight());
      }
      case LoadStep.Replay replay -> {
        section.put("replay", window(replay));
        cap(section, replay.maxInFlight());
      }
    }
    if (step.durationNanos() != LoadStep.Replay.UNTIL_THE_END) {
      section.put("for", QuantityText.nanos(step.durationNanos()));
    }
    section.put("warmup", step.warmup());
    return section;
  }

  private static void cap(Map<String, Object> section, @Nullable Integer maxInFlight) {
    if (maxInFlight != null) {
      section.put("max_in_flight", maxInFlight);
    }
  }

  private static Map<String, Object> window(LoadStep.Replay replay) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("speed", replay.speed() + "x");
    section.put("from", QuantityText.nanos(replay.fromNanos()));
    if (replay.toNanos() != Long.MAX_VALUE) {
      section.put("to", QuantityText.nanos(replay.toNanos()));
    }
    section.put("shift", QuantityText.nanos(replay.shiftNanos()));
    return section;
  }

  static Object arrivals(ArrivalProcess process) {
    return switch (process) {
      case ArrivalProcess.Constant ignored -> "constant";
      case ArrivalProcess.Poisson ignored -> "poisson";
      case ArrivalProcess.Gamma gamma ->
          Map.of("gamma", Map.of("cv", gamma.coefficientOfVariation()));
      case ArrivalProcess.OnOff onOff -> {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("on", QuantityText.nanos(onOff.onNanos()));
        section.put("off", QuantityText.nanos(onOff.offNanos()));
        section.put("idle_rate", onOff.idleRatePerSecond() + "/s");
        yield Map.of("on_off", section);
      }
      case ArrivalProcess.Diurnal diurnal -> {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("period", QuantityText.nanos(diurnal.periodNanos()));
        section.put("peak_to_trough", diurnal.peakToTrough());
        section.put("peak_at", QuantityText.nanos(diurnal.peakNanos()));
        yield Map.of("diurnal", section);
      }
      case ArrivalProcess.Curve curve -> {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("period", QuantityText.nanos(curve.periodNanos()));
        section.put(
            "points",
            curve.points().stream()
                .<List<Object>>map(
                    point -> List.of(QuantityText.nanos(point.atNanos()), point.level()))
                .toList());
        yield Map.of("curve", section);
      }
      case ArrivalProcess.PerUser perUser -> {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("users", perUser.users());
        section.put("weight", QuantityText.number(perUser.weight()));
        section.put("cv", perUser.coefficientOfVariation());
        yield Map.of("per_user", section);
      }
    };
  }
}
