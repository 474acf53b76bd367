package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A budget, over loopback and in virtual time, by what the mock truly did. */
final class BudgetTest {
  private static final String DRAWN = "ttft: 30ms, itl: 3ms, output_tokens: 'uniform(5, 30)'";

  @TempDir Path temp;

  /**
   * What a mock's truth comes to at a hundredth of a cent an input token and two an output token.
   */
  private record Truth(double money, long tokens, double dearest) {}

  private Path scenario(int loops, String engine, String more) throws IOException {
    return Files.writeString(
        temp.resolve("budget.yaml"),
        """
        seed: 11
        target:
          client: {loops: %d}
          mock: {%s, truth: '%s'}
        workload: {mix: [{name: chat, input: 'uniform(20, 60)', output: 30}]}
        prices: {input: 100, output: 200}
        %s
        """
            .formatted(loops, engine, temp.resolve("truth.jsonl"), more));
  }

  private Path run(int loops, String more) throws IOException {
    return run("run", scenario(loops, DRAWN, more));
  }

  private Path run(String command, Path scenario) throws IOException {
    Path out = temp.resolve("out");
    Invocation run =
        Invocation.of(command, scenario.toString(), "--out", out.toString(), "--quiet");
    assertThat(out.resolve("summary.json")).as(run.output() + run.error()).exists();
    assertThat(run.exitCode())
        .as(run.output() + run.error())
        .isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    return out;
  }

  private static JsonNode summary(Path out) {
    return JsonMapper.shared().readTree(out.resolve("summary.json").toFile());
  }

  private Truth truth() throws IOException {
    double money = 0;
    long tokens = 0;
    double dearest = 0;
    for (String line : Files.readAllLines(temp.resolve("truth.jsonl"))) {
      JsonNode truth = JsonMapper.shared().readTree(line);
      long in = truth.path("prompt_tokens").asLong();
      long out = truth.path("output_tokens").asLong();
      money += (in + 2 * out) / 10_000.0;
      tokens += in + out;
      dearest = Math.max(dearest, (in + 2 * out) / 10_000.0);
    }
    return new Truth(money, tokens, dearest);
  }

  @ParameterizedTest
  @CsvSource({"users: 20, 1", "rate: 200/s, 2"})
  void moneyOverLoopback_isNeverPassed_andWhatIsInFlightEndsWell(String load, int loops)
      throws IOException {
    Path out = run(loops, "load: [{%s, for: 30s}]\nbudget: {cost: $1}".formatted(load));
    Truth truth = truth();
    // A request is bound by 60 tokens in and 30 out, and 20 or so were in flight.
    assertThat(truth.money()).isBetween(0.7, 1.0);
    JsonNode summary = summary(out);
    assertThat(summary.path("overall").path("cost").path("total").asDouble())
        .isEqualTo(truth.money(), within(1e-8));
    assertThat(summary.path("stopped_by").asString())
        .startsWith("the next attempt might have passed the budget; spent or in flight: ")
        .contains("of budget.cost, 1.0000 USD");
    JsonNode outcomes = summary.path("overall").path("requests").path("outcomes");
    assertThat(outcomes.path("completed").asLong()).isGreaterThan(50);
    assertThat(outcomes.path("unfinished").asLong()).isZero();
    // Sent or not, none was cut.
    try (RunReader reader = RunReader.open(out)) {
      List<AttemptRecord> cut = new ArrayList<>();
      reader.forEachAttempt(
          a -> {
            if (a.sent() != AttemptRecord.NONE
                && a.end() > 0
                && !a.outcome().key().equals("completed")) {
              cut.add(a);
            }
          });
      assertThat(cut).isEmpty();
    }
    assertThat(Files.readString(out.resolve("candor.log")))
        .contains("nothing more is started; what is in flight goes on to its end");
  }

  @Test
  void tokensOverLoopback_areNeverPassed() throws IOException {
    Path out = run(1, "load: [{users: 10, for: 30s}]\nbudget: {tokens: 5k, cost: $10}");
    assertThat(truth().tokens()).isBetween(4_000L, 5_000L);
    assertThat(summary(out).path("stopped_by").asString()).contains("of budget.tokens, 5,000");
  }

  @Test
  void withoutALimitOnAnswers_itIsPassedByNoMoreThanWhatIsInFlight() throws IOException {
    Path messages =
        Files.writeString(
            temp.resolve("messages.jsonl"),
            "{\"messages\":[{\"role\":\"user\",\"content\":\"tell me something of it\"}]}\n");
    Path scenario = scenario(1, DRAWN, "load: [{users: 8, for: 30s}]\nbudget: {cost: $0.6}");
    Files.writeString(
        scenario,
        Files.readString(scenario)
            .replaceFirst(
                "workload: .*", "workload: {messages: {file: '%s'}}".formatted(messages)));
    Path out = run("run", scenario);
    Truth truth = truth();
    assertThat(truth.money()).isLessThan(0.6 + 8 * truth.dearest());
    // The longest answer seen stands for the next: once it is known, it bounds all.
    assertThat(truth.money()).isGreaterThan(0.4);
    assertThat(summary(out).path("stopped_by").asString()).contains("budget.cost");
  }

  @Test
  void inVirtualTime_theSameBytes_andNeverPassed() throws IOException {
    Path scenario =
        scenario(
            3, "profile: h100-llama3-8b", "load: [{rate: 50/s, for: 60s}]\nbudget: {cost: $2}");
    Path out = run("simulate", scenario);
    JsonNode first = summary(out);
    byte[] bytes = Files.readAllBytes(out.resolve("summary.json"));
    assertThat(first.path("overall").path("cost").path("total").asDouble()).isBetween(1.5, 2.0);
    assertThat(first.path("stopped_by").asString()).contains("budget.cost, 2.0000 USD");
    deleteRun(out);
    assertThat(Files.readAllBytes(run("simulate", scenario).resolve("summary.json")))
        .isEqualTo(bytes);
  }

  private static void deleteRun(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
