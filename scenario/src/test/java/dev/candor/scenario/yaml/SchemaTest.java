package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the reader know the same keys, and both take the examples. */
final class SchemaTest {
  private static final Path SCHEMA = Path.of("..", "docs", "scenario.schema.json");
  private static final String ARRIVALS = "/properties/load/items/properties/arrivals/anyOf/1";
  private static final String CLUSTER = "/properties/simulation/properties/cluster";
  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("root", ""),
          Map.entry("sweep", "/properties/sweep"),
          Map.entry("threshold", "/properties/thresholds/items/anyOf/1"),
          Map.entry("retries", "/properties/retries"),
          Map.entry("retry_budget", "/properties/retries/properties/budget"),
          Map.entry("retry_breaker", "/properties/retries/properties/breaker"),
          Map.entry("budget", "/properties/budget"),
          Map.entry("provider_quota", "/properties/quota"),
          Map.entry("simulation", "/properties/simulation"),
          Map.entry("network", "/properties/simulation/properties/network"),
          Map.entry("cluster", CLUSTER),
          Map.entry("pool", CLUSTER + "/properties/pools/items"),
          Map.entry("pool_engine", CLUSTER + "/properties/pools/items/properties/engine"),
          Map.entry("autoscale", CLUSTER + "/properties/pools/items/properties/autoscale"),
          Map.entry("kv_transfer", CLUSTER + "/properties/kv_transfer"),
          Map.entry("failure", CLUSTER + "/properties/failures/items"),
          Map.entry("network_proxy", "/properties/simulation/properties/network/properties/proxy"),
          Map.entry("find", "/properties/find"),
          Map.entry("sweep_step", "/properties/sweep/properties/step"),
          Map.entry("hold", "/properties/sweep/properties/hold/anyOf/1"),
          Map.entry("target", "/properties/target"),
          Map.entry("generic", "/properties/target/properties/generic"),
          Map.entry("generic_end", "/properties/target/properties/generic/properties/end"),
          Map.entry("timeouts", "/properties/target/properties/timeouts"),
          Map.entry("tls", "/properties/target/properties/tls"),
          Map.entry("client", "/properties/target/properties/client"),
          Map.entry("connections", "/properties/target/properties/connections"),
          Map.entry("metrics", "/properties/target/properties/metrics/anyOf/1"),
          Map.entry("mock", "/properties/target/properties/mock"),
          Map.entry("engine", "/properties/target/properties/mock/properties/engine"),
          Map.entry("quota", "/properties/target/properties/mock/properties/quotas/items"),
          Map.entry("fault", "/properties/target/properties/mock/properties/faults/items"),
          Map.entry("workload", "/properties/workload"),
          Map.entry("abandon", "/properties/workload/properties/abandon/items"),
          Map.entry("mix", "/properties/workload/properties/mix/items"),
          Map.entry("system", "/properties/workload/properties/mix/items/properties/system"),
          Map.entry("tools", "/properties/workload/properties/mix/items/properties/tools"),
          Map.entry("documents", "/properties/workload/properties/mix/items/properties/documents"),
          Map.entry("subagents", "/properties/workload/properties/mix/items/properties/subagents"),
          Map.entry("cache", "/properties/workload/properties/cache/anyOf/1"),
          Map.entry("sessions", "/properties/workload/properties/sessions"),
          Map.entry("trace", "/properties/workload/properties/trace"),
          Map.entry("messages", "/properties/workload/properties/messages"),
          Map.entry("corpus", "/properties/workload/properties/corpus"),
          Map.entry("step", "/properties/load/items"),
          Map.entry("replay", "/properties/load/items/properties/replay"),
          Map.entry("arrivals", ARRIVALS),
          Map.entry("gamma", ARRIVALS + "/properties/gamma"),
          Map.entry("on_off", ARRIVALS + "/properties/on_off"),
          Map.entry("diurnal", ARRIVALS + "/properties/diurnal"),
          Map.entry("curve", ARRIVALS + "/properties/curve"),
          Map.entry("per_user", ARRIVALS + "/properties/per_user"),
          Map.entry("slo", "/properties/slo/anyOf/1"),
          Map.entry("prices", "/properties/prices/anyOf/1"),
          Map.entry("abort", "/properties/abort"),
          Map.entry("publish", "/properties/publish"),
          Map.entry("prometheus", "/properties/publish/properties/prometheus/anyOf/1"),
          Map.entry("remote_write", "/properties/publish/properties/remote_write/anyOf/1"),
          Map.entry("otlp", "/properties/publish/properties/otlp/anyOf/1"),
          Map.entry("influx", "/properties/publish/properties/influx/anyOf/1"),
          Map.entry("output", "/properties/output"));

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
  }

  @Test
  void keys_areTheReaders() throws IOException {
    JsonNode root = JsonMapper.shared().readTree(Files.readString(SCHEMA));
    assertThat(PLACES.keySet()).isEqualTo(Keys.BY_SECTION.keySet());
    PLACES.forEach(
        (section, place) ->
            assertThat(new TreeSet<>(root.at(place + "/properties").propertyNames()))
                .as(section)
                .isEqualTo(new TreeSet<>(Keys.BY_SECTION.getOrDefault(section, List.of()))));
  }

  @Test
  void faults_areTheReaders() throws IOException {
    JsonNode names =
        JsonMapper.shared()
            .readTree(Files.readString(SCHEMA))
            .at(PLACES.get("fault") + "/properties/fault/enum");
    assertThat(names.valueStream().map(JsonNode::stringValue))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FaultKind.values()).map(FaultKind::key).toList());
  }

  @Test
  void resolvedMock_withEverything_isValid() throws IOException {
    for (MockSettings mock : FullMock.ALL) {
      Map<String, Object> target = Map.of("mock", MockYaml.entries(mock));
      assertThat(
              schema()
                  .validate(
                      JsonMapper.shared().writeValueAsString(Map.of("target", target)),
                      InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void examples_areValid_andMistakesAreNot() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      for (Path example : files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        assertThat(schema().validate(Files.readString(example), InputFormat.YAML))
            .as("%s", example)
            .isEmpty();
      }
    }
    for (String wrong :
        List.of(
            "load: [{usres: 5, for: 1s}]",
            "load: [{users: 5, rate: 1/s, for: 1s}]",
            "load: [{rate: 5/s, replay: {}, for: 1s}]",
            "load: [{rate: 5/s}]",
            "load: [{rate: 5/s, for: 1s, arrivals: gamma}]",
            "load: [{rate: 5/s, for: 1s, arrivals: {gamma: {cv: 0}}}]",
            "load: [{rate: 5/s, for: 1s, arrivals: {gamma: {cv: 2}, per_user: {users: 3}}}]",
            "load: [{replay: {speed: fast}}]",
            "load: [{users: 5, for: 1s}]\nslo: chatty",
            "workload: {abandon: [{share: 5%}]}",
            "workload: {salt: turn}",
            "workload: {preset: chats}",
            "workload: {mix: [{input: 5, correlation: 1}]}",
            "workload: {mix: [{input: 5, subagents: {share: 5%, input: 9}}]}",
            "workload: {mix: [{input: 5, system: {variants: 5}}]}",
            "workload: {sessions: {at_limit: halt}}",
            "retries: opneai",
            "retries: {jitter: half}",
            "retries: {on: [3xx]}",
            "retries: {max_attempts: 1}",
            "target: {client: {io: uring}}",
            "target: {urls: []}",
            "target: {connections: {http: 3}}",
            "target: {mock: {engine: {replicas: 2}}}",
            "target: {mock: {quotas: [{key: a}]}}",
            "target: {mock: {faults: [{fault: stal}]}}",
            "target: {mock: {faults: [{fault: spike, factor: 2, every: 9s}]}}")) {
      assertThat(schema().validate(wrong, InputFormat.YAML)).as(wrong).isNotEmpty();
    }
  }
}
