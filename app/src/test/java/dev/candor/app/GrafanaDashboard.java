package dev.candor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard in examples/grafana asks Prometheus. */
final class GrafanaDashboard {
  private static final Path FILE = Path.of("..", "examples", "grafana", "candor.json");
  private static final Pattern METRIC = Pattern.compile("candor_[a-z0-9_]+");

  private GrafanaDashboard() {}

  /** Its expressions, with all that Grafana would fill in. */
  static List<String> expressions() throws IOException {
    JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FILE));
    List<String> all = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        all.add(
            target
                .get("expr")
                .asString()
                .replace("$run", ".*")
                .replace("$phase", ".*")
                .replace("$__rate_interval", "1m"));
      }
    }
    return all;
  }

  /** The series that it asks for, those of its variables too. */
  static Set<String> metrics() throws IOException {
    return METRIC
        .matcher(Files.readString(FILE))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
