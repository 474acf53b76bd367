package dev.candor.app.cli;

import dev.candor.app.quota.QuotaJson;
import dev.candor.app.quota.QuotaReport;
import dev.candor.app.quota.QuotaRun;
import dev.candor.app.quota.QuotaTerms;
import dev.candor.app.quota.QuotaText;
import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.NamedRetries;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor quota}. */
@Command(
    name = "quota",
    description =
        "Finds the quota that a target really enforces (requests and tokens a minute, each apart),"
            + " how it answers at its limit, and what a retry policy makes of it"
            + " (docs/quota-test.md). Without --url, the target is the embedded mock.")
final class QuotaCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A scenario file (YAML), of which the target is asked.")
  @Nullable Path scenario;

  @Option(names = "--url", description = "Base address, such as http://127.0.0.1:8000/v1.")
  @Nullable String url;

  @Option(names = "--api", description = "Wire dialect, as of candor run.")
  @Nullable String api;

  @Option(names = "--model", description = "Model to ask for.")
  @Nullable String model;

  @Option(
      names = "--rpm-up-to",
      paramLabel = "N",
      description = "Look for no higher limit on requests a minute. Default: ${DEFAULT-VALUE}.")
  int rpmUpTo = (int) QuotaTerms.DEFAULT.rpmUpTo();

  @Option(
      names = "--tpm-up-to",
      paramLabel = "N",
      description = "Look for no higher limit on tokens a minute. Default: ${DEFAULT-VALUE}.")
  int tpmUpTo = (int) QuotaTerms.DEFAULT.tpmUpTo();

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "Tokens of the largest request. Default: ${DEFAULT-VALUE}.")
  int largest = QuotaTerms.DEFAULT.largestTokens();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description =
          "How long a policy is asked for more than passes, and then half as long for less. Default: ${DEFAULT-VALUE}.")
  String duration = "4m";

  @Option(
      names = "--policy",
      split = ",",
      paramLabel = "NAME",
      description =
          "Retry policies to drive against the quota: none, immediate, fixed, exponential, or an SDK's own (docs/retries.md).")
  List<String> policies = List.of();

  @Option(
      names = "--simulate",
      description = "Ask the scenario's mock in virtual time: minutes pass at once.")
  boolean simulate;

  @Option(names = "--seed", paramLabel = "N", description = "Root of all randomness.")
  @Nullable String seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the requests and quota.json are kept.")
  @Nullable String out;

  @Option(names = "--yes", description = "Do not ask before a target beyond this machine is asked.")
  boolean yes;

  @Option(names = "--json", description = "Print quota.json on standard output, nothing else.")
  boolean json;

  @Option(names = "--quiet", description = "Print what was found, not what is done.")
  boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    QuotaTerms terms = terms();
    policies.forEach(QuotaCommand::check);
    long overloadNanos = nanos(duration);
    Scenario resolved = resolved();
    Consumer<String> told = json || quiet ? line -> {} : System.out::println;
    QuotaRun run = new QuotaRun(resolved, terms, simulate, told);
    String bounds = QuotaText.bounds(run.target(), terms);
    if (!json) {
      System.out.print(bounds);
    }
    if (!simulate && !yes && !onThisMachine(resolved.target().urls())) {
      askFirst(bounds);
    }
    QuotaReport report = run.execute(policies, overloadNanos, Version.text());
    if (json) {
      System.out.println(QuotaJson.text(Version.text(), report));
    } else {
      System.out.print(QuotaText.text(report));
      System.out.println("quota: " + report.run().resolve("quota.json"));
    }
    return ExitCode.OK;
  }

  private Scenario resolved() {
    Overrides overrides =
        new Overrides(url, api, model, null, null, null, null, null, seed, out, null, List.of());
    Scenario read =
        scenario == null
            ? ScenarioFile.fromFlags(overrides, System::getenv)
            : ScenarioFile.read(scenario, overrides, System::getenv);
    if (simulate && !read.target().urls().isEmpty()) {
      throw CandorException.user(
          "--simulate: asks a mock in virtual time, and the target has an address; leave one of them out");
    }
    return QuotaRun.withoutGoals(read);
  }

  private QuotaTerms terms() {
    return new QuotaTerms(
        within("--rpm-up-to", rpmUpTo, 1, 100_000),
        within("--tpm-up-to", tpmUpTo, 100, 100_000_000),
        within("--largest", largest, 16, 100_000),
        QuotaTerms.DEFAULT.steadySeconds(),
        QuotaTerms.DEFAULT.windowSeconds(),
        QuotaTerms.DEFAULT.within());
  }

  private static int within(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw CandorException.user(
          "%s: found %d, must be from %d to %d".formatted(flag, value, least, most));
    }
    return value;
  }

  private static void check(String policy) {
    try {
      var _ = NamedRetries.of(policy);
    } catch (CandorException e) {
      throw CandorException.user("--policy: " + e.getMessage());
    }
  }

  private static long nanos(String text) {
    try {
      double nanos = Durations.parseNanos(text);
      if (nanos >= 10e9 && nanos <= 3600e9) {
        return Math.round(nanos);
      }
    } catch (CandorException e) {
      throw CandorException.user("--for: " + e.getMessage());
    }
    throw CandorException.user("--for: found %s, must be from 10s to 1h".formatted(text));
  }

  private static boolean onThisMachine(List<URI> urls) {
    for (URI each : urls) {
      try {
        if (!InetAddress.getByName(each.getHost()).isLoopbackAddress()) {
          return false;
        }
      } catch (UnknownHostException e) {
        return false;
      }
    }
    return true;
  }

  private void askFirst(String bounds) {
    if (Question.canBeAsked() && Question.yes((json ? bounds : "") + "Go on?")) {
      return;
    }
    throw CandorException.user(
        "nothing was asked: a quota is found by using it up, and this target is not on this machine; with --yes it is");
  }
}
