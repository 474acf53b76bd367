package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import dev.candor.app.run.EmbeddedMock;
import dev.candor.app.run.Machine;
import dev.candor.app.run.RunPlace;
import dev.candor.base.error.CandorException;
import dev.candor.base.time.Clock;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Abort;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds a target's quota, keeps what was asked, and drives policies against it. */
public final class QuotaRun {
  private static final Quota EXAMPLE =
      new Quota(null, null, 600, 90_000, 0, 0, Quota.Kind.TOKEN_BUCKET);

  private final Scenario scenario;
  private final QuotaTerms terms;
  private final boolean simulated;
  private final Consumer<String> told;

  /**
   * @param simulated whether to ask the scenario's mock in virtual time
   * @param told hears what is done, a line a volley
   */
  public QuotaRun(Scenario scenario, QuotaTerms terms, boolean simulated, Consumer<String> told) {
    this.scenario = withQuota(scenario);
    this.terms = terms;
    this.simulated = simulated;
    this.told = told;
  }

  /** A mock without a quota gets one, for there to be something to find. */
  private static Scenario withQuota(Scenario scenario) {
    MockSettings mock = scenario.target().mock();
    return scenario.target().urls().isEmpty() && mock.quotas().isEmpty()
        ? scenario.withTarget(scenario.target().mockedBy(mock.withQuotas(List.of(EXAMPLE))))
        : scenario;
  }

  /** The same scenario as far as its target goes: what is asked means to be refused. */
  public static Scenario withoutGoals(Scenario asked) {
    return asked.with(
        draft -> {
          draft.name = "quota";
          draft.slos = Map.of();
          draft.thresholds = List.of();
          draft.production = null;
          draft.abort = Abort.NEVER;
          draft.sweep = null;
          draft.retries = Retries.NONE;
        });
  }

  /** For display. */
  public String target() {
    List<URI> urls = scenario.target().urls();
    return urls.isEmpty()
        ? (simulated ? "the simulated mock" : "the embedded mock")
        : urls.stream().map(URI::toString).collect(Collectors.joining(", "));
  }

  /**
   * Finds the quota.
   *
   * @param policies to drive against it; none: it is found alone
   * @param overloadNanos how long each is asked for more than passes
   * @param version of Candor
   */
  public QuotaReport execute(List<String> policies, long overloadNanos, String version)
      throws InterruptedException {
    Clock clock = Clock.system();
    Path place = RunPlace.of(scenario, clock.wallTime());
    RunDirectory directory = RunDirectory.create(place);
    QuotaFindings findings = find(directory, clock, version);
    List<PolicyFigures> driven = new ArrayList<>();
    if (!policies.isEmpty()) {
      List<LimitFit> limits = new ArrayList<>();
      for (FoundLimit limit : findings.limits()) {
        if (limit.fit() != null) {
          limits.add(limit.fit());
        }
      }
      if (limits.isEmpty()) {
        throw CandorException.user(
            "--policy: no limit was found up to %,d requests and %,d tokens a minute, so that no policy can be driven against one; raise --rpm-up-to or --tpm-up-to"
                .formatted(terms.rpmUpTo(), terms.tpmUpTo()));
      }
      driven.addAll(
          new PolicyDrive(scenario, limits, simulated, place, overloadNanos).drive(policies));
    }
    QuotaReport report =
        new QuotaReport(target(), scenario.target().model(), terms, findings, driven, place);
    QuotaRecords.writeJson(place, QuotaJson.text(version, report));
    return report;
  }

  private QuotaFindings find(RunDirectory directory, Clock clock, String version)
      throws InterruptedException {
    if (simulated) {
      try (Bench bench = Benches.simulated(scenario)) {
        return find(bench, directory, "simulated", clock, version);
      }
    }
    Tokenizer tokenizer = Tokenizers.open(scenario.workload().tokenizer());
    try (EmbeddedMock mock =
            EmbeddedMock.startIfNeeded(scenario, scenario.target().mock(), tokenizer);
        Bench bench = new HttpBench(mock.urls(), scenario.target(), tokenizer, clock)) {
      return find(bench, directory, Machine.describe(), clock, version);
    }
  }

  private QuotaFindings find(
      Bench bench, RunDirectory directory, String machine, Clock clock, String version)
      throws InterruptedException {
    Instant start = clock.wallTime();
    ProbeSession session = new ProbeSession(bench, terms, told);
    QuotaFindings findings = new QuotaProbe(session, terms).find();
    QuotaRecords.write(directory, scenario, session, target(), machine, start, version);
    return findings;
  }
}
