package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.GenericApi;
import dev.candor.scenario.Publish;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run's scenario.yaml leaves out, and the scenario that it was run from has. */
final class Secrets {
  private Secrets() {}

  /** The keys whose values were left out of {@code recorded}. */
  static List<String> missing(Scenario recorded) {
    Target target = recorded.target();
    List<String> missing = new ArrayList<>();
    if (ResolvedYaml.HIDDEN.equals(target.apiKey())) {
      missing.add("target.api_key");
    }
    addHidden(missing, "target.headers.", target.headers());
    GenericApi generic = target.generic();
    if (generic != null) {
      addHidden(missing, "target.generic.headers.", generic.headers());
    }
    Publish publish = recorded.publish();
    addHidden(missing, "publish.remote_write", publish.remoteWrite());
    addHidden(missing, "publish.otlp", publish.otlp() == null ? null : publish.otlp().to());
    if (publish.influx() instanceof Publish.Influx.Server(Publish.Receiver to)) {
      addHidden(missing, "publish.influx", to);
    }
    return missing;
  }

  private static void addHidden(
      List<String> to, String section, Publish.@Nullable Receiver receiver) {
    if (receiver != null) {
      addHidden(to, section + ".headers.", receiver.headers());
    }
  }

  private static void addHidden(List<String> to, String prefix, Map<String, String> headers) {
    headers.entrySet().stream()
        .filter(header -> header.getValue().equals(ResolvedYaml.HIDDEN))
        .map(header -> prefix + header.getKey())
        .sorted()
        .forEach(to::add);
  }

  /**
   * The recorded scenario with the secrets of the one that it was run from.
   *
   * @throws CandorException where {@code original} has another target
   */
  static Scenario fill(Scenario recorded, Scenario original) {
    Target run = recorded.target();
    Target whole = original.target();
    if (!run.urls().equals(whole.urls()) || run.api() != whole.api()) {
      throw CandorException.user(
          "--resume: the run's target was %s (%s), that of the scenario given is %s (%s); give the one that it was run from"
              .formatted(run.urls(), run.api().key(), whole.urls(), whole.api().key()));
    }
    Target filled =
        new Target(
            run.urls(),
            run.api(),
            whole.generic(),
            run.model(),
            whole.apiKey(),
            whole.headers(),
            run.body(),
            run.stream(),
            run.ignoreEos(),
            run.maxTokensField(),
            run.usage(),
            run.timeouts(),
            run.verifyTls(),
            run.certificateAuthority(),
            whole.connections(),
            run.client(),
            run.mock());
    return recorded.withTarget(filled).withPublish(original.publish());
  }
}
