package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.protocol.ResponseReader;
import dev.candor.record.Outcome;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The response to one exchange, whichever version of HTTP brings it: what its status and its body
 * amount to. Reused from exchange to exchange. <b>For its event loop's thread only.</b>
 */
final class HttpAnswer {
  private static final int ERROR_BODY_LIMIT = 8192;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final HttpTarget target;
  private final ResponseReader reader;
  private @Nullable HttpExchange exchange;
  private boolean success;
  private boolean responding;
  private long bodyBytes;
  private byte[] errorBody = new byte[0];

  HttpAnswer(HttpTarget target) {
    this.target = target;
    this.reader = target.dialect().newReader();
  }

  /** Whether an exchange waits for its response, or for the rest of it. */
  @Nullable HttpExchange exchange() {
    return exchange;
  }

  void begin(HttpExchange next) {
    exchange = next;
    reader.reset();
    responding = false;
    success = false;
    bodyBytes = 0;
    errorBody = new byte[0];
  }

  /** Lets go of the exchange, which has ended. */
  void release() {
    exchange = null;
  }

  /**
   * The status line and headers are complete; informational responses (1xx) are not told.
   *
   * @param contentEncoding as the server said, or null
   * @param header gives the value of a response header by its lower-case name, where it refuses
   * @return whether the body is wanted; if not, {@link #end} says what came of it
   */
  boolean head(
      int status,
      @Nullable CharSequence contentEncoding,
      Function<String, @Nullable String> header,
      long now) {
    HttpExchange current = Objects.requireNonNull(exchange);
    responding = true;
    success = status >= 200 && status < 300;
    current.responseHead(status, now);
    if (status >= 400) {
      current.refused(header);
    }
    if (success && contentEncoding != null && !isIdentity(contentEncoding)) {
      current.trace.fail(
          Outcome.COMPRESSED, "content-encoding " + contentEncoding + ", asked for none");
      return false;
    }
    return true;
  }

  private static boolean isIdentity(CharSequence encoding) {
    return encoding.isEmpty() || "identity".contentEquals(encoding);
  }

  /**
   * The next bytes of the body, of the read at {@code now}.
   *
   * @return false once nothing more is wanted: the answer is complete or has failed
   */
  boolean body(byte[] bytes, int offset, int length, long now) {
    HttpExchange current = Objects.requireNonNull(exchange);
    AttemptTrace trace = current.trace;
    trace.readNanos = now;
    trace.bytesReceived += length;
    current.touched(now);
    if (success) {
      if (bodyBytes == 0 && beginsLikeGzip(bytes, offset, length)) {
        trace.fail(Outcome.COMPRESSED, "a gzip body, without a content-encoding that says so");
      }
      bodyBytes += length;
      if (!trace.finished()) {
        boolean tokenBefore = trace.hasToken();
        reader.read(bytes, offset, length, trace);
        if (!tokenBefore && trace.hasToken()) {
          current.firstTokenSeen();
        }
      }
      return !trace.finished();
    }
    int kept = errorBody.length;
    int room = Math.min(length, ERROR_BODY_LIMIT - kept);
    if (room > 0) {
      errorBody = Arrays.copyOf(errorBody, kept + room);
      System.arraycopy(bytes, offset, errorBody, kept, room);
    }
    return true;
  }

  /** No text begins with these bytes, nor with the first of them. */
  private static boolean beginsLikeGzip(byte[] bytes, int offset, int length) {
    return bytes[offset] == GZIP[0] && (length == 1 || bytes[offset + 1] == GZIP[1]);
  }

  /** Whether the terminal event has come, though the body may go on. */
  boolean complete() {
    return exchange != null && responding && success && exchange.trace.done();
  }

  /** Whether it has failed in a way that makes the rest of the body unwanted. */
  boolean failed() {
    return exchange != null
        && responding
        && success
        && exchange.trace.finished()
        && !exchange.trace.done();
  }

  /**
   * What the response amounts to: its body has ended in good order at {@code now}, or is no longer
   * wanted.
   */
  Outcome end(long now) {
    AttemptTrace trace = Objects.requireNonNull(exchange).trace;
    if (!success) {
      Outcome outcome = Outcome.ofStatus(trace.httpStatus);
      trace.fail(outcome, trace.httpStatus + " " + target.dialect().describeError(errorBody));
      return outcome;
    }
    if (!trace.finished()) {
      trace.readNanos = now;
      reader.end(trace);
    }
    return trace.judge(true, target.exactLength());
  }

  /** What it amounts to where the connection broke at {@code now}. */
  Outcome broken(long now) {
    AttemptTrace trace = Objects.requireNonNull(exchange).trace;
    trace.readNanos = now;
    return responding && success ? trace.judge(false, false) : Outcome.DISCONNECTED;
  }

  /** Where the connection broke, in words. */
  String whereBroken() {
    return responding
        ? "the connection closed in the middle of the response"
        : "the connection closed before a response";
  }
}
