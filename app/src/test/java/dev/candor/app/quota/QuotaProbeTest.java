package dev.candor.app.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.analysis.quota.Counting;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.LimitFit.Refill;
import dev.candor.analysis.quota.Range;
import dev.candor.app.quota.FoundLimit.Kind;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minutes of probing the mock's own quotas, in virtual time. */
final class QuotaProbeTest {
  private static final double WITHIN = 3;

  @TempDir Path temp;

  private Scenario scenario(String mock, String api) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("scenario.yaml"),
            "target: {api: %s, mock: {%s}}\n".formatted(api, mock)
                + "load: [{rate: 1/s, for: 1s}]\n");
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  private QuotaFindings find(String mock, String api) throws IOException, InterruptedException {
    try (Bench bench = Benches.simulated(scenario(mock, api))) {
      ProbeSession session = new ProbeSession(bench, QuotaTerms.DEFAULT, line -> {});
      QuotaFindings findings = new QuotaProbe(session, QuotaTerms.DEFAULT).find();
      assertThat(findings.requests()).isLessThanOrEqualTo((int) QuotaTerms.DEFAULT.mostRequests());
      assertThat(findings.seconds()).isLessThanOrEqualTo(QuotaTerms.DEFAULT.mostSeconds());
      return findings;
    }
  }

  private static LimitFit found(QuotaFindings findings, Kind kind) {
    return Objects.requireNonNull(findings.found(kind), () -> "no limit on " + kind);
  }

  private static void assertFound(LimitFit fit, double truth, Refill refill) {
    assertThat(fit.perMinute().value()).isCloseTo(truth, Percentage.withPercentage(WITHIN));
    assertThat(fit.perMinute().low()).isLessThanOrEqualTo(truth);
    assertThat(fit.perMinute().high()).isGreaterThanOrEqualTo(truth);
    assertThat(fit.refill()).isEqualTo(refill);
  }

  @Test
  void find_requestsAndTokens_bothWithinThreePercentAndHowTheyAreCounted() throws Exception {
    QuotaFindings findings = find("quotas: [{rpm: 600, tpm: 90000}]", "openai-chat");

    LimitFit requests = found(findings, Kind.REQUESTS);
    assertFound(requests, 600, Refill.TOKEN_BUCKET);
    assertThat(requests.burst().value()).isCloseTo(600, Percentage.withPercentage(WITHIN));
    LimitFit tokens = found(findings, Kind.TOKENS);
    assertFound(tokens, 90_000, Refill.TOKEN_BUCKET);
    assertThat(tokens.burst().value()).isCloseTo(90_000, Percentage.withPercentage(WITHIN));
    assertThat(tokens.counting()).isEqualTo(Counting.RESERVED);
    assertThat(findings.countingDecided()).isTrue();
    assertThat(findings.refusedTokensCount()).isEqualTo(1);
    assertThat(findings.disagreements()).isEmpty();
    QuotaFindings.Refusal refusal = Objects.requireNonNull(findings.refusal());
    assertThat(refusal.askedAgain()).isEqualTo(5);
    assertThat(refusal.passedThen()).isEqualTo(5);
    QuotaFindings.Together together = Objects.requireNonNull(findings.together());
    assertThat(together.perMinute().value()).isCloseTo(600, Percentage.withPercentage(WITHIN));
    QuotaFindings.Overload overload = Objects.requireNonNull(findings.overload());
    assertThat(overload.costOfRefused()).isLessThan(0.05);
    assertThat(findings.seconds()).isLessThan(240);
  }

  @Test
  void find_fixedWindows_bothWithTheirLengthAndBudget() throws Exception {
    QuotaFindings findings =
        find("quotas: [{rpm: 600, tpm: 90000, limit: fixed-window}]", "openai-chat");

    LimitFit requests = found(findings, Kind.REQUESTS);
    assertFound(requests, 600, Refill.FIXED_WINDOW);
    assertThat(requests.burst()).isEqualTo(new Range(600, 600, 600));
    LimitFit tokens = found(findings, Kind.TOKENS);
    assertFound(tokens, 90_000, Refill.FIXED_WINDOW);
    assertThat(tokens.counting()).isEqualTo(Counting.RESERVED);
    assertThat(findings.countingDecided()).isTrue();
    QuotaFindings.Refusal refusal = Objects.requireNonNull(findings.refusal());
    assertThat(refusal.askedAgain()).isPositive().isEqualTo(refusal.passedThen());
    assertThat(findings.seconds()).isLessThan(300);
  }

  @ParameterizedTest
  @CsvSource({"token-bucket, TOKEN_BUCKET", "fixed-window, FIXED_WINDOW"})
  void find_inputAndOutputApart_eachOfThem(String limit, Refill refill) throws Exception {
    QuotaFindings findings =
        find(
            "quotas: [{rpm: 600, input_tpm: 30000, output_tpm: 8000, limit: %s}]".formatted(limit),
            "anthropic-messages");

    assertFound(found(findings, Kind.REQUESTS), 600, refill);
    assertFound(found(findings, Kind.INPUT_TOKENS), 30_000, refill);
    assertFound(found(findings, Kind.OUTPUT_TOKENS), 8_000, refill);
    assertThat(findings.found(Kind.TOKENS)).isNull();
    assertThat(findings.countingDecided()).isTrue();
  }

  @Test
  void find_requestsAlone_noLimitOnTokensAndHowFarItWasLookedFor() throws Exception {
    QuotaFindings findings = find("quotas: [{rpm: 600}]", "openai-chat");

    assertFound(found(findings, Kind.REQUESTS), 600, Refill.TOKEN_BUCKET);
    assertThat(findings.limits())
        .filteredOn(limit -> limit.kind() != Kind.REQUESTS)
        .hasSize(3)
        .allMatch(limit -> limit.fit() == null && limit.searchedUpTo() > 40_000);
  }

  @Test
  void find_tokensAlone_theyAreFoundAndNoLimitOnRequests() throws Exception {
    QuotaFindings findings = find("quotas: [{tpm: 90000}]", "openai-chat");

    assertThat(findings.found(Kind.REQUESTS)).isNull();
    assertFound(found(findings, Kind.TOKENS), 90_000, Refill.TOKEN_BUCKET);
  }

  @Test
  void find_tokensThatTheSmallestRequestsUseUp_requestsAreSaidToBeAtLeast() throws Exception {
    QuotaFindings findings = find("quotas: [{rpm: 3000, tpm: 3000}]", "openai-chat");

    FoundLimit requests = findings.limits().getFirst();
    assertThat(requests.note()).startsWith("at least");
    assertFound(found(findings, Kind.TOKENS), 3000, Refill.TOKEN_BUCKET);
  }

  @Test
  void find_slowQuota_isFoundByMoreTime() throws Exception {
    QuotaFindings findings = find("quotas: [{rpm: 20, tpm: 10000}]", "openai-chat");

    assertFound(found(findings, Kind.REQUESTS), 20, Refill.TOKEN_BUCKET);
    assertFound(found(findings, Kind.TOKENS), 10_000, Refill.TOKEN_BUCKET);
  }

  @Test
  void find_noQuota_nothingIsFoundAndNothingWasRefused() throws Exception {
    QuotaFindings findings = find("ttft: 10ms, itl: 1ms", "openai-chat");

    assertThat(findings.limits()).hasSize(4).allMatch(limit -> limit.fit() == null);
    assertThat(findings.refusal()).isNull();
    assertThat(findings.counting()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"401, unauthorized", "503, server_error", "429, the very first request was refused"})
  void find_targetThatServesNobody_isSaidAtOnce(int status, String why) {
    assertThatThrownBy(
            () -> find("faults: [{fault: error, status: %d}]".formatted(status), "openai-chat"))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(why);
  }
}
