package dev.candor.analysis.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A fit, or its check, as JSON; times of coefficients in nanoseconds, null where not known. */
public final class FitJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private FitJson() {}

  /** A fitted engine. */
  public static String of(Fitted fitted) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("name", fitted.profile().name());
    root.put("steps", fitted.steps());
    root.put("requests", fitted.requests());
    root.put("spread", number(fitted.spread()));
    root.put("fit", fitted.profile().fitRange());
    root.put("error", fitted.profile().error());
    Map<String, Object> coefficients = new LinkedHashMap<>();
    for (FittedValue each : fitted.coefficients()) {
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("value", number(each.value()));
      value.put("low", number(each.low()));
      value.put("high", number(each.high()));
      value.put("status", each.status().words());
      value.put("note", each.note().isEmpty() ? null : each.note());
      coefficients.put(each.coefficient().key(), value);
    }
    root.put("coefficients", coefficients);
    Map<String, Object> limits = new LinkedHashMap<>();
    for (FittedLimit each : fitted.limits()) {
      Map<String, Object> limit = new LinkedHashMap<>();
      limit.put("value", each.value());
      limit.put("identified", each.identified());
      limit.put("note", each.note());
      limits.put(each.key(), limit);
    }
    root.put("limits", limits);
    root.put("notes", fitted.notes());
    return JSON.writeValueAsString(root);
  }

  /** The check of a fit. */
  public static String of(FitCheck check) {
    List<Object> steps = new ArrayList<>();
    for (FitCheck.Step each : check.steps()) {
      Map<String, @Nullable Object> step = new LinkedHashMap<>();
      step.put("run", each.run());
      step.put("phase", each.phase());
      double[] measured = each.measured().all();
      double[] predicted = each.predicted().all();
      for (int i = 0; i < measured.length; i++) {
        Map<String, @Nullable Object> figure = new LinkedHashMap<>();
        figure.put("measured", number(measured[i]));
        figure.put("predicted", number(predicted[i]));
        step.put(StepFigures.KEYS.get(i), figure);
      }
      step.put("notes", each.notes());
      steps.add(step);
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("steps", steps);
    root.put("worst_latency_error", number(check.worst()));
    return JSON.writeValueAsString(root);
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) ? null : value;
  }
}
