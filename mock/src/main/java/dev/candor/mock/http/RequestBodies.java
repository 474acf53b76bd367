package dev.candor.mock.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole requests of their parts, within bounds. What is not HTTP, too large or has no room is
 * told of in its place among the requests, and nothing after it is read. <b>For its channel's event
 * loop.</b>
 */
final class RequestBodies extends ChannelDuplexHandler {
  private static final int LARGEST = 32 << 20;
  private static final long LINGER_SECONDS = 2;

  private final BodyBudget budget;
  private @Nullable HttpRequest head;
  private @Nullable ByteBuf body;
  private boolean refused;
  private boolean refusedToItsEnd;
  private @Nullable Future<?> lingering;
  private @Nullable ChannelPromise closing;

  RequestBodies(BodyBudget budget) {
    this.budget = budget;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!refused && message instanceof HttpObject part) {
        read(context, part);
      }
      if (refused && message instanceof LastHttpContent) {
        refusedToItsEnd = true;
        stopLingering(context);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      // The decoder reads nothing more.
      refusedToItsEnd = true;
      refuse(context, UnreadableRequest.of(part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    if (part instanceof HttpContent content && head != null) {
      add(context, content.content());
    }
    if (part instanceof LastHttpContent last && head != null) {
      end(context, head, last);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    if (HttpUtil.getContentLength(request, 0L) > LARGEST) {
      refuse(context, UnreadableRequest.BODY_TOO_LARGE);
      return;
    }
    head = request;
    if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void add(ChannelHandlerContext context, ByteBuf part) {
    int bytes = part.readableBytes();
    if (bytes == 0) {
      return;
    }
    if (bytes > LARGEST - held()) {
      refuse(context, UnreadableRequest.BODY_TOO_LARGE);
    } else if (!budget.take(bytes)) {
      refuse(context, UnreadableRequest.NO_ROOM);
    } else {
      if (body == null) {
        body = context.alloc().compositeBuffer();
      }
      // Copied: a slice of one byte would hold on to all that was read with it.
      body.writeBytes(part);
    }
  }

  private int held() {
    return body == null ? 0 : body.readableBytes();
  }

  private void end(ChannelHandlerContext context, HttpRequest request, LastHttpContent last) {
    ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : body;
    head = null;
    body = null;
    context.fireChannelRead(
        new Received.Whole(
            new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                content,
                request.headers(),
                last.trailingHeaders())));
  }

  private void refuse(ChannelHandlerContext context, UnreadableRequest why) {
    drop();
    refused = true;
    context.fireChannelRead(why);
  }

  private void drop() {
    head = null;
    if (body != null) {
      budget.giveBack(body.readableBytes());
      body.release();
      body = null;
    }
  }

  /** A client that is still sending would meet a reset before it reads why it was refused. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!refused || refusedToItsEnd || lingering != null) {
      context.close(promise);
      return;
    }
    closing = promise;
    lingering =
        context.executor().schedule(() -> stopLingering(context), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private void stopLingering(ChannelHandlerContext context) {
    if (lingering != null && closing != null) {
      lingering.cancel(false);
      context.close(closing);
      closing = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drop();
    stopLingering(context);
    context.fireChannelInactive();
  }
}
