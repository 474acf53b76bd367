package dev.candor.analysis.against;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * against.json; docs/simulation.md has its keys. Times in milliseconds, shares and errors 0 to 1.
 */
public final class AgainstJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Its name in the directory of the simulated run. */
  public static final String FILE = "against.json";

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

  /**
   * What was written.
   *
   * @throws CandorException where it is none
   */
  public static Against read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      List<Against.Pair> phases = root.path("phases").valueStream().map(AgainstJson::pair).toList();
      JsonNode overall = root.path("overall");
      Map<String, Double> means = new LinkedHashMap<>();
      root.path("mean_absolute_error").forEachEntry((key, mean) -> means.put(key, mean.asDouble()));
      return new Against(
          root.path("measured").asString(),
          root.path("predicted").asString(),
          texts(root.path("warnings")),
          texts(root.path("differences")),
          phases,
          texts(root.path("only_measured")),
          texts(root.path("only_predicted")),
          overall.isObject() ? pair(overall) : null,
          means);
    } catch (IOException | JacksonException e) {
      throw CandorException.user(
          "%s: is not a comparison of this version; candor simulate --against writes it anew: %s"
              .formatted(file, e.getMessage()));
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static Against.Pair pair(JsonNode node) {
    List<Against.Figure> figures = new ArrayList<>();
    for (Metric metric : Metric.ALL) {
      JsonNode figure = node.path(metric.key());
      JsonNode inside = figure.path("in_ci95");
      figures.add(
          new Against.Figure(
              metric,
              number(figure.path("measured")),
              number(figure.path("predicted")),
              number(figure.path("error")),
              inside.isBoolean() ? (Boolean) inside.booleanValue() : null));
    }
    return new Against.Pair(node.path("name").asString(), figures);
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? (Double) node.doubleValue() : null;
  }
}
