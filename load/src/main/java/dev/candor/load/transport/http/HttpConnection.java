package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.protocol.ResponseReader;
import dev.candor.record.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection: one exchange at a time. <b>For its event loop's thread only.</b> */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final int ERROR_BODY_LIMIT = 8192;

  private final HttpTransport transport;
  private final Channel channel;
  private final ResponseReader reader;
  private @Nullable HttpExchange exchange;
  private long readNanos;
  private boolean keepAlive;
  private boolean success;
  private boolean responding;
  private byte[] errorBody = new byte[0];

  HttpConnection(HttpTransport transport, Channel channel) {
    this.transport = transport;
    this.channel = channel;
    this.reader = transport.target.dialect().newReader();
  }

  /** First in the pipeline: one clock reading per socket read, before decryption and parsing. */
  ChannelInboundHandlerAdapter readClock() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        readNanos = transport.scheduler.nanoTime();
        context.fireChannelRead(message);
      }
    };
  }

  boolean isOpen() {
    return channel.isActive();
  }

  void close() {
    channel.close();
  }

  void send(HttpExchange next) {
    exchange = next;
    next.onConnection(this);
    reader.reset();
    responding = false;
    byte[] head = transport.target.head();
    byte[] body = next.request.body();
    byte[] rest =
        (next.request.number() + "\r\ncontent-length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuf buffer = channel.alloc().directBuffer(head.length + rest.length + body.length);
    buffer.writeBytes(head).writeBytes(rest).writeBytes(body);
    channel
        .writeAndFlush(buffer)
        .addListener(
            future -> {
              if (future.isSuccess()) {
                next.requestSent();
              } else {
                next.finish(Outcome.DISCONNECTED, "sending failed: " + future.cause());
                close();
              }
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      HttpExchange current = exchange;
      if (current == null) {
        // Bytes that nobody asked for.
        close();
        return;
      }
      AttemptTrace trace = current.trace;
      trace.readNanos = readNanos;
      if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
        malformed(current, object.decoderResult());
        return;
      }
      if (message instanceof HttpResponse response) {
        responseHead(current, response);
      }
      if (message instanceof HttpContent content && exchange == current) {
        body(current, content.content());
        if (message instanceof LastHttpContent && exchange == current) {
          responseEnd(current);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void responseHead(HttpExchange current, HttpResponse response) {
    int status = response.status().code();
    if (status >= 100 && status < 200) {
      return;
    }
    responding = true;
    keepAlive = HttpUtil.isKeepAlive(response);
    success = status >= 200 && status < 300;
    errorBody = new byte[0];
    current.responseHead(status, readNanos);
    String encoding = response.headers().get(HttpHeaderNames.CONTENT_ENCODING);
    if (success && encoding != null && !encoding.equalsIgnoreCase("identity")) {
      abort(current, Outcome.MALFORMED, "content-encoding " + encoding + ", asked for none");
    }
  }

  private void body(HttpExchange current, ByteBuf content) {
    if (!responding) {
      return;
    }
    AttemptTrace trace = current.trace;
    byte[] scratch = transport.scratch;
    trace.bytesReceived += content.readableBytes();
    current.touched(readNanos);
    while (content.isReadable() && !trace.finished()) {
      int length = Math.min(content.readableBytes(), scratch.length);
      content.readBytes(scratch, 0, length);
      if (success) {
        boolean tokenBefore = trace.hasToken();
        reader.read(scratch, 0, length, trace);
        if (!tokenBefore && trace.hasToken()) {
          current.firstTokenSeen();
        }
      } else if (errorBody.length < ERROR_BODY_LIMIT) {
        int kept = errorBody.length;
        int room = Math.min(length, ERROR_BODY_LIMIT - kept);
        errorBody = Arrays.copyOf(errorBody, kept + room);
        System.arraycopy(scratch, 0, errorBody, kept, room);
      }
    }
    if (success && trace.finished() && !trace.done()) {
      abort(current, trace.judge(true, false), null);
    }
  }

  private void responseEnd(HttpExchange current) {
    if (!responding) {
      return;
    }
    AttemptTrace trace = current.trace;
    Outcome outcome;
    if (success) {
      if (!trace.finished()) {
        reader.end(trace);
      }
      outcome = trace.judge(true, transport.target.exactLength());
    } else {
      outcome = outcomeOf(trace.httpStatus);
      trace.fail(
          outcome, trace.httpStatus + " " + transport.target.dialect().describeError(errorBody));
    }
    exchange = null;
    // Free before the user hears of it, so that the next request finds it.
    if (keepAlive && isOpen()) {
      transport.release(this);
    } else {
      close();
    }
    current.finish(outcome, trace.error);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    HttpExchange current = exchange;
    if (current != null && success && responding && current.trace.done()) {
      // The answer is complete but the body is not: do not make the user wait for its end.
      exchange = null;
      close();
      current.finish(current.trace.judge(true, transport.target.exactLength()), null);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    HttpExchange current = exchange;
    exchange = null;
    if (current == null) {
      transport.forget(this);
    } else {
      current.trace.readNanos = transport.scheduler.nanoTime();
      Outcome outcome =
          responding && success ? current.trace.judge(false, false) : Outcome.DISCONNECTED;
      String why =
          responding
              ? "the connection closed in the middle of the response"
              : "the connection closed before a response";
      current.finish(outcome, current.trace.error == null ? why : current.trace.error);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    HttpExchange current = exchange;
    if (current != null) {
      abort(current, Outcome.DISCONNECTED, String.valueOf(cause.getMessage()));
    } else {
      close();
    }
  }

  private void malformed(HttpExchange current, DecoderResult result) {
    abort(current, Outcome.MALFORMED, "not an HTTP/1.1 response: " + result.cause().getMessage());
  }

  /** Ends the exchange and the connection with it: the rest of the response is not wanted. */
  void abort(HttpExchange current, Outcome outcome, @Nullable String why) {
    if (exchange == current) {
      exchange = null;
    }
    close();
    current.finish(outcome, why);
  }

  private static Outcome outcomeOf(int status) {
    return switch (status) {
      case 429 -> Outcome.RATE_LIMITED;
      case 401, 403 -> Outcome.UNAUTHORIZED;
      case 404 -> Outcome.NOT_FOUND;
      default -> status >= 500 ? Outcome.SERVER_ERROR : Outcome.REJECTED;
    };
  }
}
