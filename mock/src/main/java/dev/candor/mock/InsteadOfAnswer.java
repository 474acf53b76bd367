package dev.candor.mock;

import dev.candor.mock.http.Reply;
import dev.candor.protocol.serve.AnswerIdentity;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.protocol.serve.TokenUsage;
import dev.candor.scenario.MockFault;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client gets where a fault leaves no room for an answer. */
final class InsteadOfAnswer {
  private static final int ENDLESS_BYTES = 4 << 20;
  private static final byte NO_UTF8 = (byte) 0xFF;

  private InsteadOfAnswer() {}

  /**
   * Answers so.
   *
   * @return the status, 0 where there is none
   */
  static int send(
      MockFault.Replacing fault,
      Reply reply,
      Dialect dialect,
      GenerationRequest request,
      String id,
      Map<String, String> headers) {
    return switch (fault) {
      case MockFault.ErrorStatus(int status, Long retryAfterNanos, String body) -> {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(retryAfter(retryAfterNanos));
        ServiceError error = ServiceError.of(status, "the mock was told to answer " + status);
        String text = body != null ? body : dialect.provider().errorBody(error, id);
        reply.whole(status, "application/json", text, all);
        yield status;
      }
      case MockFault.NoAnswer _ -> {
        reply.abandon();
        yield 0;
      }
      case MockFault.Reset _ -> {
        reply.reset();
        yield 0;
      }
      case MockFault.HtmlInsteadOfJson _ -> {
        reply.whole(200, "text/html", "<html><body>It works!</body></html>", headers);
        yield 200;
      }
      case MockFault.EndlessLine _ -> {
        reply.openEvents(headers);
        reply.lastEvents("data: " + "x".repeat(ENDLESS_BYTES));
        yield 200;
      }
      case MockFault.InvalidUtf8 _ -> {
        invalidUtf8(reply, dialect, request, id, headers);
        yield 200;
      }
      case MockFault.EmptyAnswer _ -> {
        empty(reply, dialect, request, id, headers);
        yield 200;
      }
    };
  }

  static Map<String, String> retryAfter(@Nullable Long nanos) {
    return nanos == null
        ? Map.of()
        : Map.of(
            "retry-after", Long.toString(Math.ceilDiv(nanos, 1_000_000_000L)),
            "retry-after-ms", Long.toString(Math.ceilDiv(nanos, 1_000_000L)));
  }

  private static void invalidUtf8(
      Reply reply,
      Dialect dialect,
      GenerationRequest request,
      String id,
      Map<String, String> headers) {
    StringBuilder out = new StringBuilder();
    AnswerWriter writer = dialect.writer(new AnswerIdentity(id, "mock", 0), request);
    writer.open(null, out);
    writer.piece(PieceKind.TEXT, "a~b", out);
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '~' ? NO_UTF8 : bytes[i];
    }
    reply.openEvents(headers);
    reply.bytes(Unpooled.wrappedBuffer(bytes));
    reply.end();
  }

  private static void empty(
      Reply reply,
      Dialect dialect,
      GenerationRequest request,
      String id,
      Map<String, String> headers) {
    StringBuilder out = new StringBuilder();
    AnswerWriter writer = dialect.writer(new AnswerIdentity(id, "mock", 0), request);
    writer.open(null, out);
    writer.close(Finish.STOP, new TokenUsage(0, 0, 0, 0), out);
    reply.openEvents(headers);
    reply.lastEvents(out);
  }
}
