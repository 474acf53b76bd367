package dev.candor.mock.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Answers HTTP/1.0 in its own way: no chunks, the connection's end is the answer's. Stands behind
 * the handler that closes connections. <b>For its channel's event loop.</b>
 */
final class Http10Answers extends ChannelDuplexHandler {
  private boolean old;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (old && message instanceof HttpResponse response) {
      HttpUtil.setTransferEncodingChunked(response, false);
      HttpUtil.setKeepAlive(response, false);
    }
    var _ = context.write(message, promise);
  }
}
