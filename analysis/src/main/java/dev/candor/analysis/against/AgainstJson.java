package dev.candor.analysis.against;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * against.json; docs/simulation.md has its keys. Times in milliseconds, shares and errors 0 to 1.
 */
public final class AgainstJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private AgainstJson() {}

  public static String text(Against against) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("measured", against.measured());
    root.put("predicted", against.predicted());
    root.put("warnings", against.warnings());
    root.put("differences", against.differences());
    root.put("only_measured", against.onlyMeasured());
    root.put("only_predicted", against.onlyPredicted());
    List<Object> phases = new ArrayList<>();
    against.phases().forEach(phase -> phases.add(pair(phase)));
    root.put("phases", phases);
    Against.Pair overall = against.overall();
    root.put("overall", overall == null ? null : pair(overall));
    root.put("mean_absolute_error", against.meanErrors());
    return JSON.writeValueAsString(root) + "\n";
  }

  private static Map<String, @Nullable Object> pair(Against.Pair pair) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", pair.name());
    for (Against.Figure figure : pair.figures()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("measured", figure.measured());
      values.put("predicted", figure.predicted());
      values.put("error", figure.error());
      values.put("in_ci95", figure.inside());
      members.put(figure.metric().key(), values);
    }
    return members;
  }
}
