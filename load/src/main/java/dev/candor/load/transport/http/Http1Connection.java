package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.record.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: one exchange at a time on a connection. <b>For its event loop's thread only.</b> */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {
  private final HttpTransport transport;
  private final Channel channel;
  private final HttpAnswer answer;
  private long readNanos;
  private boolean keepAlive;

  Http1Connection(HttpTransport transport, Channel channel) {
    this.transport = transport;
    this.channel = channel;
    this.answer = new HttpAnswer(transport.target);
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

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }

  @Override
  public long rttNanos() {
    return transport.roundTrip.nanos(channel);
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void send(HttpExchange next) {
    answer.begin(next);
    next.onConnection(this);
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
      HttpExchange current = answer.exchange();
      if (current == null) {
        // Bytes that nobody asked for.
        close();
        return;
      }
      if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
        abort(
            current,
            Outcome.NOT_HTTP,
            "not an HTTP/1.1 response: " + object.decoderResult().cause().getMessage());
        return;
      }
      if (message instanceof HttpResponse response) {
        head(response);
      }
      if (message instanceof HttpContent content && answer.exchange() == current) {
        body(content.content());
        if (message instanceof LastHttpContent && answer.exchange() == current) {
          end(current);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(HttpResponse response) {
    int status = response.status().code();
    if (status >= 200) {
      keepAlive = HttpUtil.isKeepAlive(response);
      if (!answer.head(
          status, response.headers().get(HttpHeaderNames.CONTENT_ENCODING), readNanos)) {
        stop();
      }
    }
  }

  private void body(ByteBuf content) {
    byte[] scratch = transport.scratch;
    boolean more = true;
    while (content.isReadable() && more) {
      int length = Math.min(content.readableBytes(), scratch.length);
      content.readBytes(scratch, 0, length);
      more = answer.body(scratch, 0, length, readNanos);
    }
    if (answer.failed()) {
      stop();
    }
  }

  /** Ends the exchange though its body goes on: no more of it is wanted. */
  private void stop() {
    HttpExchange current = answer.exchange();
    if (current != null) {
      abort(current, answer.end(), null);
    }
  }

  private void end(HttpExchange current) {
    Outcome outcome = answer.end();
    answer.release();
    // Free before the user hears of it, so that the next request finds it.
    if (keepAlive && isOpen()) {
      transport.release(this);
    } else {
      close();
    }
    current.finish(outcome, null);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (answer.complete()) {
      // The answer is complete but the body is not: do not make the user wait for its end.
      stop();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    HttpExchange current = answer.exchange();
    if (current == null) {
      transport.forget(this);
    } else {
      Outcome outcome = answer.broken(transport.scheduler.nanoTime());
      String why = answer.whereBroken();
      answer.release();
      current.finish(outcome, why);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    HttpExchange current = answer.exchange();
    if (current != null) {
      boolean answered = current.trace.headers != AttemptTrace.NO_INSTANT;
      ConnectFailure failure = ConnectFailure.inUse(transport.target.where(), cause, answered);
      abort(current, failure.outcome(), failure.why());
    } else {
      close();
    }
  }

  @Override
  public void abort(HttpExchange current, Outcome outcome, @Nullable String why) {
    if (answer.exchange() == current) {
      answer.release();
    }
    close();
    current.finish(outcome, why);
  }
}
