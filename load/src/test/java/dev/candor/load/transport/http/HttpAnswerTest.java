package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.VirtualTime;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.record.Outcome;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Target;
import dev.candor.workload.Prompt;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an answer amounts to that ends with its body, and when it does. */
final class HttpAnswerTest {
  private final AttemptTrace trace = new AttemptTrace();
  private final HttpAnswer answer;

  HttpAnswerTest() {
    Target target = TestClient.Settings.of(Connections.DEFAULT).target();
    HttpTarget address =
        HttpTarget.of(List.of(URI.create("http://h:1/v1")), target, new EndsWithItsBody())
            .getFirst();
    HttpTransport transport =
        new HttpTransport(new VirtualTime(), address, 1, (opens, pool) -> {}, LoopGauges.NONE);
    answer = new HttpAnswer(address);
    trace.readNanos = 77; // Of the attempt that had the trace before.
    answer.begin(
        new HttpExchange(
            transport, new PreparedRequest(0, "c", 1, 1, new byte[0]), trace, done -> {}));
    answer.head(200, null, name -> null, 100);
  }

  @Test
  void end_isThatOfTheBody_notOfTheLastText() {
    byte[] event = "data: hi\n\n".getBytes(UTF_8);
    answer.body(event, 0, event.length, 200);
    assertThat(answer.end(700)).isEqualTo(Outcome.COMPLETED);
    assertThat(trace.end).isEqualTo(700);
  }

  @Test
  void head_thatRefuses_keepsWhenToComeAgain() {
    answer.head(429, null, name -> name.equals("retry-after") ? "3" : null, 100);
    assertThat(trace.hints).isEqualTo(ServerHints.retryAfter(3_000_000_000L, null));
  }

  @Test
  void head_thatDoesNot_keepsNothing() {
    answer.head(200, null, name -> "3", 100);
    assertThat(trace.hints).isNull();
  }

  @Test
  void end_withoutABody_isNotOfTheAttemptBefore() {
    assertThat(answer.end(700)).isEqualTo(Outcome.EMPTY_ANSWER);
    assertThat(trace.end).isEqualTo(700);
  }

  /** Of events that are text, and no event that says that it is the last. */
  private static final class EndsWithItsBody implements Dialect {
    @Override
    public Map<String, String> headers(@Nullable String apiKey) {
      return Map.of();
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public boolean streamed() {
      return true;
    }

    @Override
    public byte[] encode(Prompt prompt) {
      return new byte[0];
    }

    @Override
    public ResponseReader newReader() {
      return EventStreamReader.ofText(EndMark.BODY);
    }

    @Override
    public String describeError(byte[] body) {
      return "";
    }
  }
}
