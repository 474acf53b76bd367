package dev.candor.load.transport.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/**
 * Last in a pipeline while its connection is made. A server may speak first: what it says in the
 * same read as a proxy's or TLS's last word is kept for the handler that takes this one's place.
 * Failures are told by the futures of the steps, and by nobody a second time. <b>For its event
 * loop's thread only.</b>
 */
final class Early extends ChannelInboundHandlerAdapter {
  /** Reads; a server that says more before it is spoken to is none of HTTP. */
  private static final int MOST = 16;

  private final ArrayDeque<Object> kept = new ArrayDeque<>();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (kept.size() < MOST) {
      kept.add(message);
    } else {
      ReferenceCountUtil.release(message);
      context.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    for (Object next = kept.poll(); next != null; next = kept.poll()) {
      context.fireChannelRead(next);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
