package dev.candor.mock.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Ends a connection whose failure no other handler took. Clients that break off or talk nonsense
 * are no news for the log, which they could fill. Thread-safe.
 */
@Sharable
final class LastResort extends ChannelInboundHandlerAdapter {
  static final LastResort INSTANCE = new LastResort();

  private LastResort() {}

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
