package dev.candor.scenario.yaml;

import dev.candor.scenario.Abort;
import dev.candor.scenario.Api;
import dev.candor.scenario.Budget;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.ProviderQuota;
import dev.candor.scenario.Publish;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Target;
import dev.candor.scenario.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a scenario as it was resolved: every default filled in, secrets left out. */
public final class ResolvedYaml {
  /** Stands for a secret. */
  static final String HIDDEN = "(not kept)";

  private ResolvedYaml() {}

  /** YAML that {@link ScenarioFile} reads back to the same scenario, but for secrets. */
  public static String write(Scenario scenario) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", scenario.name());
    root.put("seed", scenario.seed());
    root.put("target", target(scenario.target()));
    root.put("workload", WorkloadYaml.entries(scenario.workload()));
    Sweep sweep = scenario.sweep();
    if (sweep == null) {
      root.put("load", scenario.steps().stream().map(LoadYaml::entries).toList());
    } else {
      root.put("sweep", SweepYaml.entries(sweep, scenario.steps()));
    }
    root.put("drain", QuantityText.nanos(scenario.drainNanos()));
    if (!scenario.slos().isEmpty()) {
      Map<String, Object> classes = new TreeMap<>();
      scenario.slos().forEach((name, slo) -> classes.put(name, slo(slo)));
      root.put("slo", Map.of("classes", classes));
    }
    if (!scenario.thresholds().isEmpty()) {
      root.put("thresholds", scenario.thresholds().stream().map(Threshold::expression).toList());
    }
    if (scenario.production() != null) {
      root.put("production", scenario.production().toString());
    }
    root.put("prices", PricesYaml.entries(scenario.prices()));
    if (!scenario.abort().equals(Abort.NEVER)) {
      root.put("abort", abort(scenario.abort()));
    }
    if (!scenario.retries().equals(Retries.NONE)) {
      root.put("retries", RetriesYaml.of(scenario.retries()));
    }
    if (!scenario.budget().equals(Budget.NONE)) {
      root.put("budget", budget(scenario.budget()));
    }
    if (!scenario.quota().equals(ProviderQuota.NONE)) {
      root.put("quota", quota(scenario.quota()));
    }
    if (!scenario.tags().isEmpty()) {
      root.put("tags", scenario.tags());
    }
    if (!scenario.publish().equals(Publish.NONE)) {
      root.put("publish", PublishYaml.entries(scenario.publish()));
    }
    if (!scenario.simulation().equals(Simulation.DEFAULT)) {
      root.put("simulation", SimulationYaml.entries(scenario.simulation()));
    }
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(110).build();
    return new Dump(settings).dumpToString(root);
  }

  private static Map<String, Object> budget(Budget budget) {
    Map<String, Object> section = new LinkedHashMap<>();
    putKnown(section, "cost", budget.cost());
    putKnown(section, "tokens", budget.tokens());
    return section;
  }

  private static Map<String, Object> quota(ProviderQuota quota) {
    Map<String, Object> section = new LinkedHashMap<>();
    putKnown(section, "rpm", quota.requests());
    putKnown(section, "tpm", quota.tokens());
    putKnown(section, "input_tpm", quota.inputTokens());
    putKnown(section, "output_tpm", quota.outputTokens());
    return section;
  }

  private static void putKnown(Map<String, Object> section, String key, @Nullable Object value) {
    if (value != null) {
      section.put(key, value);
    }
  }

  private static Map<String, Object> target(Target target) {
    Map<String, Object> section = new LinkedHashMap<>();
    List<String> urls = target.urls().stream().map(Object::toString).toList();
    if (urls.size() == 1) {
      section.put("url", urls.getFirst());
    } else if (!urls.isEmpty()) {
      section.put("urls", urls);
    }
    section.put("api", target.api().key());
    if (target.generic() != null) {
      section.put("generic", GenericYaml.entries(target.generic()));
    }
    section.put("model", target.model());
    if (target.apiKey() != null) {
      section.put("api_key", HIDDEN);
    }
    if (!target.headers().isEmpty()) {
      // Any header may carry a secret: their names are kept, their values are not.
      section.put("headers", hidden(target.headers()));
    }
    if (!target.body().isEmpty()) {
      section.put("body", target.body());
    }
    if (target.api() != Api.GENERIC) {
      section.put("stream", target.stream());
    }
    section.put("ignore_eos", target.ignoreEos());
    if (target.api() == Api.OPENAI_CHAT) {
      section.put("max_tokens_field", target.maxTokensField());
    }
    section.put("usage", target.usage());
    Map<String, Object> timeouts = new LinkedHashMap<>();
    timeouts.put("connect", QuantityText.nanos(target.timeouts().connectNanos()));
    timeouts.put("headers", QuantityText.nanos(target.timeouts().headersNanos()));
    timeouts.put("first_token", QuantityText.nanos(target.timeouts().firstTokenNanos()));
    timeouts.put("idle", QuantityText.nanos(target.timeouts().idleNanos()));
    timeouts.put("total", QuantityText.nanos(target.timeouts().totalNanos()));
    section.put("timeouts", timeouts);
    Map<String, Object> tls = new LinkedHashMap<>();
    tls.put("verify", target.verifyTls());
    if (target.certificateAuthority() != null) {
      tls.put("ca", target.certificateAuthority().toString());
    }
    Connections connections = target.connections();
    if (connections.certificate() != null) {
      tls.put("cert", connections.certificate().chain().toString());
      tls.put("key", connections.certificate().key().toString());
    }
    section.put("tls", tls);
    section.put("connections", connections(connections));
    section.put("client", client(target.client()));
    section.put("metrics", MetricsReader.entries(target.metrics()));
    if (target.url() == null) {
      section.put("mock", MockYaml.entries(target.mock()));
    }
    return section;
  }

  private static Map<String, Object> connections(Connections connections) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("http", connections.version().key());
    if (connections.version() == Connections.HttpVersion.HTTP_2) {
      section.put("per_request", connections.onePerRequest());
    }
    section.put("keep_alive", connections.keepAlive());
    section.put("most", connections.most());
    if (connections.shownProxy() != null) {
      section.put("proxy", String.valueOf(connections.shownProxy()));
    }
    if (connections.unixSocket() != null) {
      section.put("unix_socket", connections.unixSocket().toString());
    }
    return section;
  }

  private static Map<String, Object> client(ClientSettings client) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("loops", client.loops());
    section.put("io", client.io().key());
    section.put("busy_poll", client.busyPoll());
    if (!client.pin().isEmpty()) {
      section.put("pin", client.pin());
    }
    return section;
  }

  static Map<String, Object> hidden(Map<String, String> headers) {
    Map<String, Object> names = new TreeMap<>();
    headers.keySet().forEach(name -> names.put(name, HIDDEN));
    return names;
  }

  private static Map<String, Object> slo(Slo slo) {
    Map<String, Object> section = new LinkedHashMap<>();
    putNanos(section, "ttft", slo.ttftNanos());
    putNanos(section, "itl", slo.itlNanos());
    putNanos(section, "tpot", slo.tpotNanos());
    putNanos(section, "e2e", slo.e2eNanos());
    putNanos(section, "max_gap", slo.maxGapNanos());
    if (slo.outputTpsUser() != null) {
      section.put("output_tps_user", slo.outputTpsUser());
    }
    if (slo.preset() != null) {
      section.put("preset", slo.preset());
    }
    return section;
  }

  private static Map<String, Object> abort(Abort abort) {
    Map<String, Object> section = new LinkedHashMap<>();
    put(section, "failed", abort.failedShare());
    put(section, "goodput", abort.goodputBelow());
    put(section, "cost", abort.cost());
    putNanos(section, "client_limited", abort.clientLimitedNanos());
    putNanos(section, "over", abort.overNanos());
    return section;
  }

  private static void put(Map<String, Object> section, String key, @Nullable Object value) {
    if (value != null) {
      section.put(key, value);
    }
  }

  private static void putNanos(Map<String, Object> section, String key, @Nullable Long nanos) {
    if (nanos != null) {
      section.put(key, QuantityText.nanos(nanos));
    }
  }
}
