package dev.candor.app.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.quota.Counting;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.LimitFit.Refill;
import dev.candor.app.quota.FoundLimit.Kind;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Minutes of probing the mock's own quotas, in virtual time. */
final class QuotaProbeTest {
  private static final Percentage WITHIN = Percentage.withPercentage(3);

  @TempDir Path temp;

  private QuotaFindings find(String quota) throws IOException, InterruptedException {
    return find(quota, "openai-chat");
  }

  private QuotaFindings find(String quota, String api) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            temp.resolve("scenario.yaml"),
            "target: {api: %s, mock: {quotas: [%s]}}\n".formatted(api, quota)
                + "workload: {mix: [{name: chat, input: 100, output: 10}]}\nload: [{rate: 1/s, for: 1s}]\n");
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
    try (Bench bench = Benches.simulated(scenario)) {
      QuotaFindings found =
          new QuotaProbe(new ProbeSession(bench, System.out::println), QuotaTerms.DEFAULT).find();
      System.out.printf(
          Locale.ROOT,
          "quota %s: %d requests, %d tokens, %.0f s%n%s%n%n",
          quota,
          found.requests(),
          found.tokens(),
          found.seconds(),
          found);
      return found;
    }
  }

  private static LimitFit found(QuotaFindings findings, Kind kind) {
    return Objects.requireNonNull(findings.found(kind), "no limit on " + kind);
  }

  @Test
  void find_requestsAndTokens_bothWithinThreePercentAndHowTheyAreCounted() throws Exception {
    QuotaFindings findings = find("{rpm: 600, tpm: 90000}");

    LimitFit requests = found(findings, Kind.REQUESTS);
    assertThat(requests.perMinute().value()).isCloseTo(600, WITHIN);
    assertThat(requests.perMinute().low()).isLessThanOrEqualTo(600);
    assertThat(requests.perMinute().high()).isGreaterThanOrEqualTo(600);
    assertThat(requests.burst().value()).isCloseTo(600, WITHIN);
    assertThat(requests.refill()).isEqualTo(Refill.TOKEN_BUCKET);
    LimitFit tokens = found(findings, Kind.TOKENS);
    assertThat(tokens.perMinute().value()).isCloseTo(90_000, WITHIN);
    assertThat(tokens.burst().value()).isCloseTo(90_000, WITHIN);
    assertThat(tokens.counting()).isEqualTo(Counting.RESERVED);
    assertThat(findings.countingDecided()).isTrue();
    assertThat(findings.refusedTokensCount()).isEqualTo(1);
    QuotaFindings.Refusal refusal = Objects.requireNonNull(findings.refusal());
    assertThat(refusal.askedAgain()).isEqualTo(5);
    assertThat(refusal.passedThen()).isEqualTo(5);
    assertThat(findings.seconds()).isLessThan(240);
  }
}
