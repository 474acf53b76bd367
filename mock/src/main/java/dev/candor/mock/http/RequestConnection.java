package dev.candor.mock.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands one connection's requests to the handler, one at a time: a pipelined request waits until
 * the one before it is answered. <b>For its channel's event loop.</b>
 */
final class RequestConnection extends ChannelInboundHandlerAdapter {
  private static final int MOST_PIPELINED = 16;

  private final RequestHandler handler;
  private final BodyBudget budget;
  private final ArrayDeque<FullHttpRequest> pipelined = new ArrayDeque<>();
  private RequestHandler.InFlight current = RequestHandler.InFlight.NOTHING;
  private boolean busy;

  RequestConnection(RequestHandler handler, BodyBudget budget) {
    this.handler = handler;
    this.budget = budget;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!busy) {
      serve(context, request);
    } else if (pipelined.size() < MOST_PIPELINED) {
      pipelined.add(request);
    } else {
      request.release();
      context.close();
    }
  }

  private void serve(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    Reply reply = new Reply(context.channel(), encoder(context, request), () -> next(context));
    int bytes = request.content().readableBytes();
    try {
      if (request.decoderResult().isFailure()) {
        refuse(reply, request.decoderResult().cause());
      } else {
        RequestHandler.InFlight inFlight = handler.handle(request, reply);
        if (busy) {
          current = inFlight;
        }
      }
    } finally {
      request.release();
      budget.release(bytes);
    }
  }

  private static @Nullable ChannelHandlerContext encoder(
      ChannelHandlerContext context, FullHttpRequest request) {
    // HTTP/1.0 has no chunks.
    return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0
        ? null
        : context.pipeline().context(HttpServerCodec.class);
  }

  private static void refuse(Reply reply, Throwable cause) {
    boolean tooLong = cause instanceof TooLongFrameException;
    reply.whole(
        tooLong ? 431 : 400,
        "application/json",
        "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"bad_request\"}}"
            .formatted(
                tooLong
                    ? "the request line or a header is too long"
                    : "the request is not HTTP as it should be"),
        Map.of("connection", "close"));
  }

  private void next(ChannelHandlerContext context) {
    busy = false;
    current = RequestHandler.InFlight.NOTHING;
    FullHttpRequest waiting = pipelined.poll();
    if (waiting != null) {
      // Not from within the answer before: a row of pipelined requests would be a deep stack.
      busy = true;
      context.channel().eventLoop().execute(() -> serveIfOpen(context, waiting));
    }
  }

  private void serveIfOpen(ChannelHandlerContext context, FullHttpRequest request) {
    if (context.channel().isActive()) {
      serve(context, request);
    } else {
      drop(request);
    }
  }

  private void drop(FullHttpRequest request) {
    budget.release(request.content().readableBytes());
    request.release();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      current.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pipelined.forEach(this::drop);
    pipelined.clear();
    RequestHandler.InFlight left = current;
    current = RequestHandler.InFlight.NOTHING;
    left.clientGone();
    budget.closed();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
