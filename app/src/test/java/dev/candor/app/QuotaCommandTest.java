package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor quota}, as its users call it. */
final class QuotaCommandTest {
  @TempDir Path temp;

  @Test
  void quota_simulated_findsTheExamplesQuotaAndKeepsARunOfIt() throws IOException {
    Path out = temp.resolve("quota");

    Invocation done =
        Invocation.of(
            "quota",
            "--simulate",
            "--out",
            out.toString(),
            "--json",
            "--policy",
            "none,immediate",
            "--for",
            "3m");

    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    JsonNode json = JsonMapper.shared().readTree(done.output());
    assertThat(json.at("/limits/0/kind").asString()).isEqualTo("requests");
    assertThat(json.at("/limits/0/per_minute/value").asDouble()).isCloseTo(600, within(18.0));
    assertThat(json.at("/limits/1/per_minute/value").asDouble()).isCloseTo(90_000, within(2700.0));
    assertThat(json.at("/counting/way").asString()).isEqualTo("reserved");
    assertThat(Files.readString(out.resolve("quota.json")).strip())
        .isEqualTo(done.output().strip());
    Invocation report = Invocation.of("report", out.toString());
    assertThat(report.exitCode()).as(report.error()).isEqualTo(ExitCode.OK);
    JsonNode none = json.at("/policies/0");
    JsonNode immediate = json.at("/policies/1");
    assertThat(none.at("/amplification").asDouble()).isEqualTo(1);
    assertThat(immediate.at("/amplification").asDouble()).isGreaterThan(1.2);
    assertThat(immediate.at("/refused_share").asDouble())
        .isGreaterThan(none.at("/refused_share").asDouble());
    // Nobody gets more out of a quota than it grants, nor much less where enough is asked.
    assertThat(none.at("/of_ideal").asDouble()).isBetween(0.95, 1.01);
    assertThat(immediate.at("/of_ideal").asDouble()).isBetween(0.9, 1.01);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --policy|gentle|--policy: found 'gentle', must be a policy
          --rpm-up-to|0|--rpm-up-to: found 0, must be from 1 to 100000
          --largest|3|--largest: found 3, must be from 16
          --for|never|--for: 'never'
          --for|1s|--for: found 1s, must be from 10s to 1h
          """)
  void quota_badInput_isToldInALine(String flag, String value, String expected) {
    Invocation done = Invocation.of("quota", "--simulate", flag, value);

    assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error()).contains(expected).doesNotContain("\tat ");
  }

  @Test
  void quota_targetBeyondThisMachine_isNotAskedWithoutAYes() {
    Invocation done =
        Invocation.of(
            "quota", "--url", "http://192.0.2.1/v1", "--out", temp.resolve("q").toString());

    assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(done.output()).contains("uses at most");
    assertThat(done.error()).contains("--yes").doesNotContain("\tat ");
    assertThat(temp.resolve("q")).doesNotExist();
  }

  @Test
  void quota_policyWithoutAQuota_saysHowFarItLooked() throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("mock.yaml"),
            """
            target: {mock: {ttft: 10ms, itl: 1ms, quotas: [{key: other, rpm: 60}]}}
            load: [{rate: 1/s, for: 1s}]
            """);

    Invocation done =
        Invocation.of(
            "quota",
            scenario.toString(),
            "--simulate",
            "--out",
            temp.resolve("q").toString(),
            "--policy",
            "fixed",
            "--rpm-up-to",
            "120",
            "--tpm-up-to",
            "2000");

    assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error())
        .contains("no limit was found up to 120 requests and 2,000 tokens a minute");
  }

  @Test
  void quota_targetThatRefusesTheKey_couldNotBeCarriedOut() throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("mock.yaml"),
            """
            target: {mock: {faults: [{fault: error, status: 401}]}}
            load: [{rate: 1/s, for: 1s}]
            """);

    Invocation done =
        Invocation.of("quota", scenario.toString(), "--out", temp.resolve("q").toString());

    assertThat(done.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
    assertThat(done.error()).contains("unauthorized").doesNotContain("\tat ");
  }
}
