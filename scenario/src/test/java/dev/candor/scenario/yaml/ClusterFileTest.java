package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.ClusterPlan.Route;
import dev.candor.scenario.MockEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterFileTest {
  private static final long SECOND = 1_000_000_000;
  private static final String MIX =
      "workload: {mix: [{name: chat, input: 9}, {name: code, input: 9}]}\n";
  private static final String FULL =
      MIX
          + """
          simulation:
            cluster:
              pools:
                - {name: chat, profile: h100-llama3-8b, routing: least-loaded, classes: [chat],
                   engine: {max_num_seqs: 64, prefix_caching: false},
                   autoscale: {min: 4, max: 20, target_in_flight: 40.5, every: 30s, startup: 90s, cooldown: 2m, add: 3}}
                - {name: pre, role: prefill, profile: h100-llama3-8b, replicas: 2}
                - {name: dec, role: decode, profile: h100-llama3-8b, replicas: 3, routing: session-sticky}
              kv_transfer: {bandwidth: 50GB/s, latency: 1ms}
              failures:
                - {pool: chat, replica: 19, at: 60s, for: 2m}
                - {pool: dec, at: 5s, slow: 2.5}
          """;

  @TempDir Path temp;

  private ClusterPlan read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return Objects.requireNonNull(
        ScenarioFile.read(file, Overrides.NONE, name -> null).simulation().cluster());
  }

  @Test
  void read_everything_isResolved_andReadBackTheSame() throws IOException {
    ClusterPlan plan = read(FULL);
    assertThat(plan.pools())
        .extracting(ClusterPlan.Pool::name)
        .containsExactly("chat", "pre", "dec");
    ClusterPlan.Pool chat = plan.pools().getFirst();
    assertThat(chat.engine().replicas()).as("min").isEqualTo(4);
    assertThat(chat.engine().routing()).isEqualTo(MockEngine.Routing.LEAST_LOADED);
    assertThat(chat.engine().maxNumSeqs()).isEqualTo(64);
    assertThat(chat.autoscale())
        .isEqualTo(
            new ClusterPlan.Autoscale(4, 20, 40.5, 30 * SECOND, 90 * SECOND, 120 * SECOND, 3));
    assertThat(plan.transfer()).isEqualTo(new ClusterPlan.KvTransfer(50e9, 1_000_000));
    assertThat(plan.failures())
        .containsExactly(
            new ClusterPlan.Failure("chat", 19, 60 * SECOND, 120 * SECOND, null),
            new ClusterPlan.Failure("dec", 0, 5 * SECOND, null, 2.5));
    Path file = Files.writeString(temp.resolve("full.yaml"), FULL);
    String resolved = ResolvedYaml.write(ScenarioFile.read(file, Overrides.NONE, name -> null));
    assertThat(read(resolved)).isEqualTo(plan);
    String schema = Files.readString(Path.of("..", "docs", "scenario.schema.json"));
    for (String text : List.of(FULL, resolved)) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema, InputFormat.JSON)
                  .validate(text, InputFormat.YAML))
          .isEmpty();
    }
  }

  @Test
  void read_little_hasDefaults() throws IOException {
    ClusterPlan plan =
        read(
            "simulation: {cluster: {pools: [{name: p, profile: tiny,"
                + " autoscale: {max: 3, target_in_flight: 8}}], failures: [{at: 9s}]}}");
    assertThat(plan.pools().getFirst())
        .isEqualTo(
            new ClusterPlan.Pool(
                "p",
                ClusterPlan.Role.BOTH,
                MockEngine.of("tiny"),
                List.of(),
                new ClusterPlan.Autoscale(1, 3, 8, 15 * SECOND, 60 * SECOND, 300 * SECOND, 4)));
    assertThat(plan.transfer()).isEqualTo(ClusterPlan.KvTransfer.NONE);
    assertThat(plan.failures())
        .containsExactly(new ClusterPlan.Failure("p", 0, 9 * SECOND, null, null));
  }

  @Test
  void models_areTheWaysOfClasses() throws IOException {
    ClusterPlan.Models models = read(FULL).models();
    assertThat(models.routes()).containsExactly(new Route(0, null), new Route(1, 2));
    assertThat(models.of("chat")).isZero();
    assertThat(models.of("code")).isEqualTo(1);
    assertThat(models.of("whatever")).isEqualTo(1);
  }

  @Test
  void models_ofAClassThatNobodyServes_areAMistake() throws IOException {
    ClusterPlan plan =
        read(
            "workload: {mix: [{name: chat, input: 9}]}\n"
                + "simulation: {cluster: {pools: [{name: p, profile: tiny, classes: [chat]}]}}");
    assertThatThrownBy(() -> plan.models().of("azure"))
        .isInstanceOf(CandorException.class)
        .hasMessageStartingWith("simulation.cluster: no pool serves the class azure; name it in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | {name: p, profile: tiny, replicas: 9}",
        "true  | {name: p, profile: tiny, replicas: 9, routing: session-sticky}",
        "false | {name: p, profile: tiny, replicas: 9, routing: least-loaded}",
        "false | {name: p, profile: tiny, replicas: 9, routing: prefix-aware}",
        "false | {name: p, profile: tiny, autoscale: {max: 3, target_in_flight: 8}}",
        "false | {name: p, profile: tiny, role: prefill}, {name: d, profile: tiny, role: decode}",
      })
  void shardable_isWhatKnowsNothingOfOthers(boolean shardable, String pools) throws IOException {
    assertThat(read("simulation: {cluster: {pools: [" + pools + "]}}").shardable())
        .isEqualTo(shardable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pools: [] | needs pools, such as [{name: chat, profile: h100-llama3-8b}]",
        "pools: [{profile: tiny}] | pools[0]: needs name",
        "pools: [{name: p}] | pools[0]: needs profile",
        "pools: [{name: p, profile: tiny, replica: 2}] | unknown key 'replica'; did you mean 'replicas'?",
        "pools: [{name: p, profile: tiny, replicas: 0}] | pools[0].replicas: found 0, must be at least 1",
        "pools: [{name: p, profile: tiny, replicas: 1500}, {name: q, profile: tiny, replicas: 501, classes: [chat]}]"
            + " | found 2001 replicas in all pools together, must be at most 2000",
        "pools: [{name: p, profile: tiny, autoscale: {max: 2001, target_in_flight: 1}}]"
            + " | found 2001 replicas in all pools together, must be at most 2000",
        "pools: [{name: p, profile: tiny}, {name: p, profile: tiny, classes: [chat]}]"
            + " | pools[1].name: another pool has the name 'p'",
        "pools: [{name: p, profile: tiny, role: prefil}] | pools[0].role: found 'prefil'; did you mean 'prefill'?",
        "pools: [{name: p, profile: tiny, role: prefill}]"
            + " | pools[0].role: found prefill, which needs a pool with role: decode beside it",
        "pools: [{name: p, profile: tiny, role: decode}]"
            + " | pools[0].role: found decode, which needs a pool with role: prefill beside it",
        "pools: [{name: p, profile: tiny, routing: least_loaded}]"
            + " | pools[0].routing: found 'least_loaded'; did you mean 'least-loaded'?",
        "pools: [{name: p, profile: tiny, engine: {replicas: 3}}] | engine.replicas: unknown key 'replicas'; known are max_num_seqs,",
        "pools: [{name: p, profile: nowhere.yaml}] | pools[0].profile: there is no file",
        "pools: [{name: p, profile: tiny, classes: [chat]}, {name: q, profile: tiny, classes: [code, chat]}]"
            + " | pools[1].classes: class chat is served by pool p already",
        "pools: [{name: p, profile: tiny}, {name: q, profile: tiny}]"
            + " | pools[1]: needs classes: pool p has none either, and serves all that no pool names",
        "pools: [{name: p, profile: tiny, classes: [caht]}]"
            + " | pools[0].classes: the workload has no class 'caht'; did you mean 'chat'?",
        "pools: [{name: p, profile: tiny, classes: [chat]}] | pools[0]: no pool serves the class code from prompt to answer",
        "pools: [{name: p, profile: tiny}, {name: d, profile: tiny, role: decode, classes: [chat]},"
            + " {name: f, role: prefill, profile: tiny, classes: [code]}]"
            + " | pools[1]: no class goes to pool d: where one is named",
        "{pools: [{name: p, profile: tiny}], kv_transfer: {latency: 1ms}}"
            + " | kv_transfer: needs a pool with role: prefill; no KV moves without one",
        "{pools: [{name: p, role: prefill, profile: tiny}, {name: d, role: decode, profile: tiny}], kv_transfer: {bandwidth: 50}}"
            + " | kv_transfer.bandwidth: '50' is not a bandwidth above 0; write it as 50GB/s",
        "pools: [{name: p, profile: tiny, autoscale: {min: 8, max: 4, target_in_flight: 1}}]"
            + " | pools[0].autoscale.max: found 4, must be at least min (8)",
        "pools: [{name: p, profile: tiny, autoscale: {min: 0, max: 4, target_in_flight: 1}}]"
            + " | pools[0].autoscale.min: found 0, must be at least 1",
        "pools: [{name: p, profile: tiny, replicas: 5, autoscale: {min: 2, max: 4, target_in_flight: 1}}]"
            + " | pools[0].replicas: found 5, must be from min (2) to max (4) of autoscale",
        "pools: [{name: p, profile: tiny, autoscale: {min: 2}}] | pools[0].autoscale: needs max",
        "pools: [{name: p, profile: tiny, autoscale: {max: 2}}] | pools[0].autoscale: needs target_in_flight",
        "pools: [{name: p, profile: tiny, autoscale: {max: 2, target_in_flight: 0}}]"
            + " | target_in_flight: found 0, must be above 0",
        "pools: [{name: p, profile: tiny, autoscale: {max: 2, target_in_flight: 1, every: 0s}}]"
            + " | autoscale.every: found 0s, must be longer than 0",
        "{pools: [{name: chat, profile: tiny}], failures: [{pool: chet, at: 1s}]}"
            + " | failures[0].pool: there is no pool 'chet'; did you mean 'chat'?",
        "{pools: [{name: chat, profile: tiny, replicas: 3}], failures: [{replica: 3, at: 1s}]}"
            + " | failures[0].replica: found 3, must be at most 2",
        "{pools: [{name: chat, profile: tiny}], failures: [{replica: 0}]} | failures[0]: needs at, the time since",
        "{pools: [{name: chat, profile: tiny}], failures: [{at: 1s, slow: 0}]} | failures[0].slow: found 0, must be above 0",
        "{pools: [{name: a, profile: tiny}, {name: b, profile: tiny, classes: [chat]}], failures: [{at: 1s}]}"
            + " | failures[0]: needs pool, the name of the one that it strikes",
      })
  void read_mistake_isNamed(String cluster, String message) {
    String yaml =
        MIX
            + "simulation: {cluster: %s}"
                .formatted(cluster.startsWith("{") ? cluster : "{" + cluster + "}");
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("test.yaml");
  }
}
