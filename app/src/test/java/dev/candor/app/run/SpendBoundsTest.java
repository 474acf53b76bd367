package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.run.BudgetAccount.Amount;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpendBoundsTest {
  @TempDir Path temp;

  /** In millionths: 3 an input token, 1 cached, 4 written, 10 an output token, 1000 a request. */
  private SpendBounds bounds(String more) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("s.yaml"),
            """
            prices: {input: 3, cached_input: 1, cache_write: 4, output: 10, request: 0.001}
            load: [{users: 1, for: 1s}]
            %s
            """
                .formatted(more));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    return new SpendBounds(scenario);
  }

  private static PreparedRequest request(int input, int maxTokens) {
    return new PreparedRequest(1, "chat", input, maxTokens, new byte[0]);
  }

  private static AttemptTrace trace(Outcome outcome, int events) {
    AttemptTrace trace = new AttemptTrace();
    trace.sent = 0;
    trace.outcome = outcome;
    for (int i = 0; i < events; i++) {
      trace.onText(TextKind.ANSWER, new byte[] {'a'}, 0, 1);
    }
    return trace;
  }

  private static Amount millionths(long money, long tokens) {
    return new Amount(money * 1000, tokens);
  }

  @Test
  void most_isTheDearestPrompt_andAllThatTheAnswerMayHave() throws IOException {
    SpendBounds bounds = bounds("");
    assertThat(bounds.most(request(100, 50))).isEqualTo(millionths(100 * 4 + 50 * 10 + 1000, 150));
    assertThat(bounds.most(request(100, 0)).tokens()).isEqualTo(100 + SpendBounds.UNKNOWN_ANSWER);
  }

  @Test
  void actual_isTheServersCount_andItsExcessOverOursIsLearned() throws IOException {
    SpendBounds bounds = bounds("");
    AttemptTrace trace = trace(Outcome.COMPLETED, 7);
    trace.onUsage(112, 64, 7, -1);
    trace.onCacheWrite(40);
    assertThat(bounds.actual(request(100, 50), trace))
        .isEqualTo(millionths(8 * 3 + 64 + 40 * 4 + 7 * 10 + 1000, 119));
    assertThat(bounds.most(request(100, 50)).tokens()).isEqualTo(162);
    // The longest answer so far stands for those without a limit.
    assertThat(bounds.most(request(100, 0)).tokens()).isEqualTo(112 + 7);
  }

  @Test
  void actual_ofACutAnswer_isItsEvents_eachOfAsManyTokensAsOthers() throws IOException {
    SpendBounds bounds = bounds("");
    assertThat(bounds.actual(request(100, 50), trace(Outcome.DISCONNECTED, 5)))
        .isEqualTo(millionths(100 * 3 + 50 + 1000, 105));
    AttemptTrace whole = trace(Outcome.COMPLETED, 10);
    whole.onUsage(100, -1, 30, -1);
    bounds.actual(request(100, 50), whole);
    assertThat(bounds.actual(request(100, 50), trace(Outcome.DISCONNECTED, 5)).tokens())
        .isEqualTo(115);
  }

  @Test
  void actual_ofARefusal_isNothing() throws IOException {
    SpendBounds bounds = bounds("");
    assertThat(bounds.actual(request(100, 50), trace(Outcome.RATE_LIMITED, 0)))
        .isEqualTo(new Amount(0, 0));
    AttemptTrace unsent = trace(Outcome.CANCELLED, 0);
    unsent.sent = AttemptTrace.NO_INSTANT;
    assertThat(bounds.actual(request(100, 50), unsent)).isEqualTo(new Amount(0, 0));
  }

  @Test
  void embeddings_haveNoAnswerToPayFor() throws IOException {
    SpendBounds bounds = bounds("target: {api: openai-embeddings}");
    assertThat(bounds.most(request(100, 0))).isEqualTo(millionths(1400, 100));
  }
}
