package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.mock.Heard.End;
import dev.candor.mock.fault.FaultsJson;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.Provider;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.yaml.MockFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Every fault of a single answer in every dialect, streamed and whole: what the client hears, what
 * the truth says, and that the next request is served well.
 */
@ParameterizedClass
@MethodSource("shapes")
final class FaultsOnTheWireTest {
  private static final int TOKENS = 8;
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(2e6), new Distribution.Constant(1e5));

  private static final MockServer MOCK = MockServer.start(MockOptions.of(FAST, 1));
  private static final MockClient CLIENT = new MockClient(MOCK);

  private final Dialect dialect;
  private final boolean stream;
  private final int before = MOCK.truth().size();

  FaultsOnTheWireTest(Shape shape) {
    this.dialect = shape.dialect();
    this.stream = shape.stream();
  }

  record Shape(Dialect dialect, boolean stream) {}

  static Stream<Shape> shapes() {
    return Arrays.stream(Dialect.values())
        .flatMap(dialect -> Stream.of(new Shape(dialect, true), new Shape(dialect, false)));
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    MOCK.close();
  }

  /** From here on, the first request meets all of {@code faults}. */
  private static void break1st(MockFault... faults) {
    List<FaultRule> rules =
        Arrays.stream(faults).map(each -> FaultRule.always(each).matching(Match.first(1))).toList();
    HttpResponse<String> taken = CLIENT.send("PUT", "/admin/faults", FaultsJson.write(rules));
    assertThat(MockFile.faults("answer", taken.body(), 1)).isEqualTo(rules);
  }

  private String body() {
    return RawCall.body(dialect, stream, TOKENS);
  }

  private Heard ask(String... headers) throws IOException {
    return RawCall.ask(MOCK, dialect, body(), headers);
  }

  private Heard broken(MockFault... faults) throws IOException {
    break1st(faults);
    return ask("x-candor-request: 7");
  }

  /** What the first request should have heard. */
  private Heard wellAfterwards() throws IOException {
    Heard next = ask("x-candor-request: 7");
    next.assertWell(TOKENS);
    assertThat(truth(2).getLast().faults()).isEmpty();
    assertThat(truth(2).getLast().complete()).isTrue();
    return next;
  }

  private List<TruthRecord> truth(int requests) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> MOCK.truth().size() == before + requests);
    return MOCK.truth().subList(before, before + requests);
  }

  private void assertTruth(int status, int tokens, boolean complete, String... faults) {
    TruthRecord truth = truth(1).getFirst();
    assertThat(truth.status()).isEqualTo(status);
    assertThat(truth.outputTokens()).isEqualTo(tokens);
    assertThat(truth.complete()).isEqualTo(complete);
    assertThat(truth.faults()).containsExactly(faults);
  }

  @Test
  void error_hasTheProvidersBody_andAsksToWait() throws IOException {
    Heard heard = broken(new MockFault.ErrorStatus(503, 1_500_000_000L, null));
    assertThat(heard.status()).isEqualTo(503);
    assertThat(heard.header("retry-after")).isEqualTo("2");
    assertThat(heard.header("retry-after-ms")).isEqualTo(isOpenAi() ? "1500" : "");
    assertError(heard.json(), "server_error", "api_error");
    assertRequestId(heard);
    assertTruth(503, 0, false, "error 503");
    wellAfterwards();
  }

  private boolean isOpenAi() {
    return dialect.provider() == Provider.OPENAI;
  }

  private void assertError(JsonNode body, String openAi, String anthropic) {
    assertThat(body.at("/error/type").stringValue()).isEqualTo(isOpenAi() ? openAi : anthropic);
    assertThat(body.at("/error/message").stringValue()).isNotBlank();
    if (!isOpenAi()) {
      assertThat(body.path("type").stringValue()).isEqualTo("error");
    }
  }

  private static void assertRequestId(Heard heard) {
    switch (heard.dialect().provider()) {
      case OPENAI -> assertThat(heard.header("x-request-id")).startsWith("req_");
      case ANTHROPIC ->
          assertThat(heard.header("request-id"))
              .startsWith("req_")
              .isEqualTo(heard.json().path("request_id").stringValue());
    }
  }

  @Test
  void error_withABody_hasThat() throws IOException {
    assertThat(broken(new MockFault.ErrorStatus(400, null, "<no>")).body()).isEqualTo("<no>");
    assertTruth(400, 0, false, "error 400");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowHeaders_nothingBeforeTheDelay(boolean withError) throws IOException {
    MockFault slow = new MockFault.SlowHeaders(new Distribution.Constant(150e6));
    if (withError) {
      break1st(slow, new MockFault.ErrorStatus(500, null, null));
    } else {
      break1st(slow);
    }
    long sent = Clock.system().nanoTime();
    try (RawCall call = new RawCall(MOCK, dialect, body())) {
      call.hearSomething();
      assertThat(Clock.system().nanoTime() - sent).isGreaterThanOrEqualTo(150_000_000);
      Heard heard = call.hear();
      if (withError) {
        assertThat(heard.status()).isEqualTo(500);
        assertTruth(500, 0, false, "slow-headers", "error 500");
      } else {
        heard.assertWell(TOKENS);
        assertTruth(200, TOKENS, true, "slow-headers");
        TruthRecord truth = truth(1).getFirst();
        assertThat(truth.firstToken() - truth.arrival()).isGreaterThanOrEqualTo(152_000_000);
      }
    }
    wellAfterwards();
  }

  @Test
  void noAnswer_silence_onAnOpenConnection() throws IOException {
    break1st(new MockFault.NoAnswer());
    try (RawCall call = new RawCall(MOCK, dialect, body())) {
      assertTruth(0, 0, false, "no-answer");
      Heard heard = call.hearSilence();
      assertThat(heard.end()).isEqualTo(End.SILENT);
      assertThat(heard.status()).isZero();
    }
    wellAfterwards();
  }

  @Test
  void reset_before_noByte() throws IOException {
    Heard heard = broken(new MockFault.Reset(-1));
    assertThat(heard.end()).isEqualTo(End.RESET);
    assertThat(heard.head()).isEmpty();
    assertTruth(0, 0, false, "reset");
    wellAfterwards();
  }

  @Test
  void reset_afterTokens_isAReset() throws IOException {
    Heard heard = broken(new MockFault.Reset(3));
    assertThat(heard.end()).isEqualTo(End.RESET);
    assertThat(MockClient.words(stream ? heard.text() : "")).isLessThanOrEqualTo(3);
    assertTruth(stream ? 200 : 0, stream ? 3 : 0, false, "reset");
    wellAfterwards();
  }

  @Test
  void disconnect_closesAfterTokens() throws IOException {
    Heard heard = broken(new MockFault.Disconnect(3));
    assertThat(heard.end()).isEqualTo(End.CLOSED);
    assertBegun(heard);
    assertTruth(stream ? 200 : 0, stream ? 3 : 0, false, "disconnect");
    wellAfterwards();
  }

  /** A stream has three tokens and no end event; else nothing has come. */
  private void assertBegun(Heard heard) {
    if (stream) {
      assertThat(heard.pieces()).hasSize(3);
      assertThat(heard.hasEndEvent()).isFalse();
    } else {
      assertThat(heard.head()).isEmpty();
    }
  }

  @Test
  void stall_forEver_silenceAfterTokens() throws IOException {
    break1st(new MockFault.Stall(3, 0));
    try (RawCall call = new RawCall(MOCK, dialect, body())) {
      assertTruth(stream ? 200 : 0, stream ? 3 : 0, false, "stall");
      Heard heard = call.hearSilence();
      assertThat(heard.end()).isEqualTo(End.SILENT);
      assertBegun(heard);
    }
    wellAfterwards();
  }

  @Test
  void stall_forATime_thenAllTheRest_meantAsLate() throws IOException {
    Heard heard = broken(new MockFault.Stall(3, 100_000_000));
    heard.assertWell(TOKENS);
    assertTruth(200, TOKENS, true, "stall");
    TruthRecord truth = truth(1).getFirst();
    assertThat(truth.intended()).isSorted();
    int held = stream ? 3 : 0;
    long before = stream ? truth.emitted()[2] : truth.arrival();
    assertThat(truth.intended()[held] - before).isGreaterThanOrEqualTo(100_000_000);
    for (int event = 0; event < truth.emitted().length; event++) {
      assertThat(truth.emitted()[event]).isGreaterThanOrEqualTo(truth.intended()[event]);
    }
    assertThat(heard.pieces()).isEqualTo(wellAfterwards().pieces());
  }

  @Test
  void truncate_endsInOrder_withoutTheEndEvent() throws IOException {
    Heard heard = broken(new MockFault.Truncated(3));
    assertThat(heard.end()).isEqualTo(stream ? End.WHOLE : End.CLOSED);
    assertBegun(heard);
    assertTruth(stream ? 200 : 0, stream ? 3 : 0, false, "truncate");
    wellAfterwards();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void errorFrame_hasTheProvidersShape(int after) throws IOException {
    Heard heard = broken(new MockFault.ErrorFrame(after));
    assertThat(heard.end()).isEqualTo(End.WHOLE);
    if (stream) {
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.hasEndEvent()).isFalse();
      Heard.Event last = heard.events().getLast();
      if (dialect == Dialect.RESPONSES) {
        assertThat(last.name()).isEqualTo("error");
        assertThat(last.at("/type")).isEqualTo("error");
        assertThat(last.at("/code")).isEqualTo("server_error");
      } else {
        assertThat(last.name()).isEqualTo(isOpenAi() ? "" : "error");
        assertError(heard.events().getLast().data(), "server_error", "api_error");
      }
      assertThat(heard.events()).hasSizeGreaterThan(after);
    } else {
      assertThat(heard.status()).isEqualTo(500);
      assertError(heard.json(), "server_error", "api_error");
      assertRequestId(heard);
    }
    assertTruth(stream ? 200 : 500, stream ? after : 0, false, "error-frame");
    wellAfterwards();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void malformedJson_isOneEventMore_theRestIsWell(int after) throws IOException {
    Heard heard = broken(new MockFault.MalformedJson(after));
    assertThat(heard.end()).isEqualTo(End.WHOLE);
    if (stream) {
      heard.assertWell(TOKENS);
      List<Heard.Event> bad =
          heard.events().stream().filter(event -> event.data().isMissingNode()).toList();
      assertThat(bad).hasSize(1);
      assertThat(bad.getFirst().name())
          .isEqualTo(
              switch (dialect) {
                case CHAT, COMPLETIONS -> "";
                case RESPONSES -> "response.output_text.delta";
                case MESSAGES -> "content_block_delta";
              });
      assertThat(bad.getFirst().text()).contains("data: {\"");
      assertThat(heard.upTo(bad.getFirst()).pieces()).hasSize(after);
      assertTruth(200, TOKENS, true, "malformed-json");
      assertThat(heard.pieces()).isEqualTo(wellAfterwards().pieces());
    } else {
      String whole = wellAfterwards().body();
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.body()).startsWith("{\"").hasSizeLessThan(whole.length());
      assertThat(truth(2).getFirst().complete()).isFalse();
      assertThat(truth(2).getFirst().faults()).containsExactly("malformed-json");
    }
  }

  @Test
  void splitUtf8_bytesAreCutWithinACharacter_theTextIsValid() throws IOException {
    Heard heard = broken(new MockFault.SplitUtf8());
    heard.assertWell(TOKENS);
    assertThat(heard.text()).contains("é").isEqualTo(wellAfterwards().text().replace('e', 'é'));
    assertThat(heard.chunks().stream().anyMatch(chunk -> chunk[chunk.length - 1] == (byte) 0xC3))
        .isEqualTo(stream);
    assertThat(truth(2).getFirst().faults()).containsExactly("split-utf8");
  }

  @Test
  void tokensPerChunk_areFewerEvents() throws IOException {
    Heard heard = broken(new MockFault.TokensPerChunk(3));
    heard.assertWell(TOKENS);
    assertThat(heard.pieces())
        .extracting(MockClient::words)
        .isEqualTo(stream ? List.of(3, 3, 2) : List.of(8));
    assertTruth(200, TOKENS, true, "tokens-per-chunk");
    assertThat(heard.text()).isEqualTo(wellAfterwards().text());
  }

  @Test
  void missingUsage_hasNone() throws IOException {
    Heard heard = broken(new MockFault.MissingUsage());
    assertThat(heard.usage().isMissingNode()).as(heard.body()).isTrue();
    assertThat(heard.hasEndEvent()).isTrue();
    assertTruth(200, TOKENS, true, "missing-usage");
    wellAfterwards();
  }

  @Test
  void lyingUsage_tellsMore_theTruthDoesNot() throws IOException {
    Heard heard = broken(new MockFault.LyingUsage(2.5));
    assertThat(heard.outputTokens()).isEqualTo(20);
    assertThat(MockClient.words(heard.text())).isEqualTo(TOKENS);
    assertTruth(200, TOKENS, true, "lying-usage");
    wellAfterwards();
  }

  @Test
  void pingFlood_comesBetweenTokens() throws IOException {
    Heard heard = broken(new MockFault.PingFlood(50));
    heard.assertWell(TOKENS);
    assertThat(heard.pings()).isGreaterThanOrEqualTo(stream ? 50 * TOKENS : 0);
    assertTruth(200, TOKENS, true, "ping-flood");
    assertThat(heard.text()).isEqualTo(wellAfterwards().text());
  }

  @Test
  void html_isAPage() throws IOException {
    Heard heard = broken(new MockFault.HtmlInsteadOfJson());
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("content-type")).isEqualTo("text/html");
    assertThat(heard.body()).startsWith("<html>");
    assertTruth(200, 0, false, "html");
    wellAfterwards();
  }

  @Test
  void endlessLine_isLongerThanFourMebibytes() throws IOException {
    Heard heard = broken(new MockFault.EndlessLine());
    assertThat(heard.isStream()).isEqualTo(stream);
    assertThat(heard.bytes()).hasSizeGreaterThanOrEqualTo(4 << 20);
    assertThat(heard.body()).doesNotContain("\n");
    assertTruth(200, 0, false, "endless-line");
    wellAfterwards();
  }

  @Test
  void invalidUtf8_isAmidAnAnswer() throws IOException {
    Heard heard = broken(new MockFault.InvalidUtf8());
    assertThat(heard.isStream()).isEqualTo(stream);
    assertThat(heard.bytes()).contains(0xFF);
    assertThat(heard.text()).isEqualTo("a\uFFFDb");
    assertTruth(200, 0, false, "invalid-utf8");
    wellAfterwards();
  }

  @Test
  void emptyAnswer_isWellFormed() throws IOException {
    Heard heard = broken(new MockFault.EmptyAnswer());
    assertThat(heard.isStream()).isEqualTo(stream);
    assertThat(heard.text()).isEmpty();
    assertThat(heard.usage().isObject()).as(heard.body()).isTrue();
    assertThat(heard.outputTokens()).isZero();
    assertThat(heard.body()).contains("mock-model");
    assertTruth(200, 0, false, "empty-answer");
    wellAfterwards();
  }

  @Test
  void afterMoreTokensThanThereAre_doesNotStrike() throws IOException {
    broken(new MockFault.Reset(TOKENS), new MockFault.ErrorFrame(100)).assertWell(TOKENS);
    assertTruth(200, TOKENS, true);
  }

  @Test
  void faultsThatCameTooLate_areNotTold() throws IOException {
    assertThat(broken(new MockFault.Disconnect(2), new MockFault.Truncated(5)).end())
        .isEqualTo(End.CLOSED);
    assertTruth(stream ? 200 : 0, stream ? 2 : 0, false, "disconnect");
  }
}
