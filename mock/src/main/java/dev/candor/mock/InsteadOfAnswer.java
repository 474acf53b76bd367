package dev.candor.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.mock.http.Reply;
import dev.candor.protocol.serve.AnswerIdentity;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.Piece;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.Provider;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.protocol.serve.TokenUsage;
import dev.candor.scenario.MockFault;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets where a fault leaves no room for an answer: a stream where it asked for one,
 * else a body. <b>For the mock's event loop.</b>
 *
 * @param headers with the request's id
 */
record InsteadOfAnswer(
    Reply reply,
    Dialect dialect,
    GenerationRequest request,
    AnswerIdentity identity,
    int promptTokens,
    Map<String, String> headers) {
  private static final int ENDLESS_BYTES = 4 << 20;
  private static final String JSON = "application/json";

  /** Stands in for a byte that is not UTF-8; no model's name has it. */
  private static final char MARK = '\uE000';

  private static final byte NO_UTF8 = (byte) 0xFF;

  /**
   * Answers so.
   *
   * @return the status, 0 where there is none
   */
  int send(MockFault.Replacing fault) {
    return switch (fault) {
      case MockFault.ErrorStatus error -> error(error);
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
        String line = "x".repeat(ENDLESS_BYTES);
        yield ok((request.stream() ? "data: " + line : line).getBytes(UTF_8));
      }
      case MockFault.InvalidUtf8 _ -> ok(invalid(text("a" + MARK + "b")));
      case MockFault.EmptyAnswer _ -> ok(text("").getBytes(UTF_8));
    };
  }

  private int error(MockFault.ErrorStatus error) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(retryAfter(dialect.provider(), error.retryAfterNanos()));
    ServiceError told =
        ServiceError.of(error.status(), "the mock was told to answer " + error.status());
    String body = error.body();
    reply.whole(
        error.status(),
        JSON,
        body != null ? body : dialect.provider().errorBody(told, "req_" + identity.suffix()),
        all);
    return error.status();
  }

  private static Map<String, String> retryAfter(Provider provider, @Nullable Long nanos) {
    if (nanos == null) {
      return Map.of();
    }
    String seconds = Long.toString(Math.ceilDiv(nanos, 1_000_000_000L));
    return switch (provider) {
      case OPENAI ->
          Map.of(
              "retry-after",
              seconds,
              "retry-after-ms",
              Long.toString(Math.ceilDiv(nanos, 1_000_000L)));
      case ANTHROPIC -> Map.of("retry-after", seconds);
    };
  }

  private int ok(byte[] body) {
    if (request.stream()) {
      reply.openEvents(headers);
      reply.bytes(Unpooled.wrappedBuffer(body));
      reply.end();
    } else {
      reply.whole(200, JSON, body, headers);
    }
    return 200;
  }

  /** A whole answer of one piece, or of none where {@code answer} is empty. */
  private String text(String answer) {
    AnswerWriter writer = dialect.writer(identity, request);
    TokenUsage usage = new TokenUsage(promptTokens, 0, answer.isEmpty() ? 0 : 1, 0);
    if (!request.stream()) {
      return writer.whole(List.of(new Piece(PieceKind.TEXT, answer)), Finish.STOP, usage);
    }
    StringBuilder out = new StringBuilder();
    writer.open(usage, out);
    if (!answer.isEmpty()) {
      writer.piece(PieceKind.TEXT, answer, out);
    }
    writer.close(Finish.STOP, usage, out);
    return out.toString();
  }

  private static byte[] invalid(String marked) {
    int at = marked.indexOf(MARK);
    byte[] before = marked.substring(0, at).getBytes(UTF_8);
    byte[] after = marked.substring(at + 1).getBytes(UTF_8);
    byte[] all = new byte[before.length + 1 + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    all[before.length] = NO_UTF8;
    System.arraycopy(after, 0, all, before.length + 1, after.length);
    return all;
  }
}
