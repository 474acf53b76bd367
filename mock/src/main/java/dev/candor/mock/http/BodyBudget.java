package dev.candor.mock.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the bodies of all requests that are being read within one limit: a request that would pass
 * it is answered 503, and its connection closed. <b>For its channel's event loop</b>; the sum is
 * shared.
 */
final class BodyBudget extends ChannelInboundHandlerAdapter {
  private final AtomicLong inUse;
  private final long limit;
  private long held;
  private boolean refused;

  BodyBudget(AtomicLong inUse, long limit) {
    this.inUse = inUse;
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpContent content) {
      int bytes = content.content().readableBytes();
      held += bytes;
      if (inUse.addAndGet(bytes) > limit) {
        refused = true;
        ReferenceCountUtil.release(message);
        refuse(context);
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private static void refuse(ChannelHandlerContext context) {
    DefaultFullHttpResponse busy =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE);
    busy.headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, 0)
        .set(HttpHeaderNames.RETRY_AFTER, 1)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(busy).addListener(ChannelFutureListener.CLOSE);
  }

  /** {@code bytes} of a body are read and let go. */
  void release(int bytes) {
    long released = Math.min(bytes, held);
    held -= released;
    inUse.addAndGet(-released);
  }

  void closed() {
    inUse.addAndGet(-held);
    held = 0;
  }
}
