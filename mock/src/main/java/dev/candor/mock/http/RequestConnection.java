package dev.candor.mock.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands one connection's requests to the handler, one at a time: a pipelined request waits until
 * the one before it is answered. <b>For its channel's event loop.</b>
 */
final class RequestConnection extends ChannelInboundHandlerAdapter {
  private static final int MOST_PIPELINED = 16;

  private final RequestHandler handler;
  private final BodyBudget budget;
  private final ArrayDeque<Received> pipelined = new ArrayDeque<>();
  private RequestHandler.InFlight current = RequestHandler.InFlight.NOTHING;
  private boolean busy;

  RequestConnection(RequestHandler handler, BodyBudget budget) {
    this.handler = handler;
    this.budget = budget;
  }

  /** Whether an answer is being given. */
  boolean isAnswering() {
    return busy;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof Received received)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!busy) {
      serve(context, received);
    } else if (pipelined.size() < MOST_PIPELINED) {
      pipelined.add(received);
    } else {
      drop(received);
      context.close();
    }
  }

  private void serve(ChannelHandlerContext context, Received received) {
    busy = true;
    Reply reply = new Reply(context.channel(), encoder(context, received), () -> next(context));
    try {
      switch (received) {
        case Received.Whole(FullHttpRequest request) -> {
          RequestHandler.InFlight inFlight = handler.handle(request, reply);
          if (busy) {
            current = inFlight;
          }
        }
        case UnreadableRequest unreadable -> unreadable.tell(reply);
      }
    } finally {
      drop(received);
    }
  }

  private static @Nullable ChannelHandlerContext encoder(
      ChannelHandlerContext context, Received received) {
    // HTTP/1.0 has no chunks.
    return received instanceof Received.Whole(FullHttpRequest request)
            && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
        ? context.pipeline().context(HttpServerCodec.class)
        : null;
  }

  private void next(ChannelHandlerContext context) {
    busy = false;
    current = RequestHandler.InFlight.NOTHING;
    Received waiting = pipelined.poll();
    if (waiting != null) {
      // Not from within the answer before: a row of pipelined requests would be a deep stack.
      busy = true;
      context.channel().eventLoop().execute(() -> serveIfOpen(context, waiting));
    }
  }

  private void serveIfOpen(ChannelHandlerContext context, Received received) {
    if (context.channel().isActive()) {
      serve(context, received);
    } else {
      drop(received);
    }
  }

  private void drop(Received received) {
    if (received instanceof Received.Whole(FullHttpRequest request)) {
      budget.giveBack(request.content().readableBytes());
      request.release();
    }
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
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
