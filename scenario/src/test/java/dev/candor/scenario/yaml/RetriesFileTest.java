package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Beyond;
import dev.candor.scenario.Retries.Failure;
import dev.candor.scenario.Retries.Jitter;
import dev.candor.scenario.Retries.Reach;
import dev.candor.scenario.Retries.Use;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class RetriesFileTest {
  private static final long SECOND = 1_000_000_000L;
  static final List<String> POLICIES = RetriesReader.POLICIES;

  @TempDir Path temp;

  private Scenario read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private Retries retries(String yaml) throws IOException {
    return read("retries: " + yaml).retries();
  }

  @Test
  void read_everything_isResolved_andReadBackTheSame() throws IOException {
    Scenario scenario =
        read(
            """
            retries:
              policy: exponential
              max_attempts: 5
              base: 250ms
              factor: 3
              max: 20s
              jitter: equal
              on: [connect, broken, 429, 503]
              up_to: end
              retry_after: exact
              reset: ignore
              retry_after_max: 90s
              retry_after_beyond: give_up
              should_retry: ignore
              budget: {share: 20%, min_per_second: 2}
              breaker: {failures: 60%, window: 20s, min_calls: 50, open_for: 5s, probes: 3}
            """);

    assertThat(scenario.retries())
        .isEqualTo(
            new Retries(
                "exponential",
                5,
                new Backoff.Exponential(SECOND / 4, 3, 20 * SECOND, new Jitter.Equal()),
                new Retries.On(Set.of(Failure.CONNECT, Failure.BROKEN), List.of(429, 503), false),
                Reach.END,
                new Advice(Use.EXACT, false, 90 * SECOND, Beyond.GIVE_UP, false),
                new Retries.Budget(0.2, 2),
                new Retries.Breaker(0.6, 20 * SECOND, 50, 5 * SECOND, 3)));
    assertThat(read(ResolvedYaml.write(scenario)).retries()).isEqualTo(scenario.retries());
  }

  @ParameterizedTest
  @FieldSource("POLICIES")
  void read_name_isItsPolicy_andReadBackTheSame(String policy) throws IOException {
    Scenario scenario = read("retries: " + policy);

    assertThat(scenario.retries().policy()).isEqualTo(policy);
    assertThat(scenario.retries().any()).isEqualTo(!policy.equals("none"));
    assertThat(retries("{policy: " + policy + "}")).isEqualTo(scenario.retries());
    assertThat(read(ResolvedYaml.write(scenario)).retries()).isEqualTo(scenario.retries());
  }

  @Test
  void read_nothing_triesNothingAgain() throws IOException {
    assertThat(read("name: plain").retries()).isEqualTo(Retries.NONE);
    assertThat(ResolvedYaml.write(read("name: plain"))).doesNotContain("retries");
  }

  @Test
  void read_sdkWithOneChange_keepsTheRest() throws IOException {
    Retries changed = retries("{policy: openai, max_attempts: 6}");

    assertThat(changed.maxAttempts()).isEqualTo(6);
    assertThat(changed.backoff()).isEqualTo(retries("openai").backoff());
  }

  @Test
  void read_jitterOfAShareOrAnAmount() throws IOException {
    assertThat(retries("{jitter: -40%}").backoff())
        .isEqualTo(new Backoff.Exponential(SECOND / 2, 2, 30 * SECOND, new Jitter.Less(0.4)));
    assertThat(retries("{jitter: +100ms}").backoff())
        .isEqualTo(
            new Backoff.Exponential(SECOND / 2, 2, 30 * SECOND, new Jitter.More(SECOND / 10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opneai | retries: found 'opneai', must be a policy; did you mean 'openai'?",
        "[openai] | must be a mapping with",
        "{policy: linear} | retries.policy: found 'linear', must be a policy",
        "{max_attempts: 1} | retries.max_attempts: found 1, must be at least 2",
        "{max_attempts: 101} | must be at most 100",
        "{base: 0s} | retries.base: found 0s, must be longer than 0",
        "{base: 5s, max: 1s} | retries.max: found 1s, must be at least base, 5s",
        "{factor: 0.5} | retries.factor",
        "{jitter: half} | must be none, full, equal, decorrelated",
        "{jitter: -140%} | share from 0 to 1",
        "{policy: fixed, jitter: full} | retries.jitter: of policy fixed, whose pauses",
        "{policy: immediate, base: 1s} | retries.base: of policy immediate",
        "{policy: none, base: 1s} | of policy none, which tries nothing again",
        "{on: 429} | must be a list",
        "{on: []} | must name what is tried again",
        "{on: [302]} | must be connect, timeout, broken, 5xx or a status from 400 to 599",
        "{up_to: last_token} | retries.up_to: found 'last_token'",
        "{retry_after: honor} | did you mean 'honour'?",
        "{retry_after_beyond: wait} | retries.retry_after_beyond",
        "{reset: exact} | retries.reset: found 'exact'",
        "{budget: 10%} | retries.budget: found '10%', must be a mapping",
        "{budget: {share: 110%}} | retries.budget.share",
        "{budget: {min_per_second: -1}} | at least 0",
        "{breaker: {failures: 0%}} | must be above 0%",
        "{breaker: {window: 1500ms}} | must be whole seconds",
        "{breaker: {probe: 1}} | did you mean 'probes'?",
      })
  void read_nonsense_isAnsweredWithItsPlace(String yaml, String hint) {
    assertThatThrownBy(() -> retries(yaml)).hasMessageContaining(hint);
  }
}
