package dev.candor.mock.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request, once its first byte is there, is not whole in time: a client
 * that died in the middle, or one that sends a byte a minute. Stands before the decoder; {@link
 * #requestEnd()} behind it. <b>For its channel's event loop.</b>
 */
final class RequestTimeout extends ChannelInboundHandlerAdapter {
  private final long nanos;
  private BooleanSupplier answering = () -> false;
  private @Nullable Future<?> waiting;

  RequestTimeout(long nanos) {
    this.nanos = nanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (waiting == null) {
      start(context);
    }
    context.fireChannelRead(message);
  }

  private void start(ChannelHandlerContext context) {
    waiting =
        context.channel().eventLoop().schedule(() -> expire(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void expire(ChannelHandlerContext context) {
    if (answering.getAsBoolean()) {
      // What has begun is a pipelined request; the answer before it is not to suffer for it.
      start(context);
    } else {
      context.close();
    }
  }

  /** Spares the connection while this says that an answer is being given. */
  void spareWhile(BooleanSupplier answersNow) {
    answering = answersNow;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  void stop() {
    if (waiting != null) {
      waiting.cancel(false);
      waiting = null;
    }
  }

  ChannelHandler requestEnd() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
          stop();
        }
        context.fireChannelRead(message);
      }
    };
  }
}
