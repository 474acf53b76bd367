package dev.candor.mock.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of a new connection: TLS where there is an identity; HTTP/2 by ALPN, by upgrade or
 * by prior knowledge; HTTP/1 else. Thread-safe.
 */
public final class HttpPipeline extends ChannelInitializer<Channel> {
  private static final int LARGEST_UPGRADE = 64 << 10;
  private static final int MOST_STREAMS = 1000;

  private final RequestHandler handler;
  private final @Nullable SslContext tls;
  private final Limits limits;
  private final BodyBudget budget;
  private final AtomicInteger connections = new AtomicInteger();

  public HttpPipeline(RequestHandler handler, @Nullable SslContext tls, Limits limits) {
    this.handler = handler;
    this.tls = tls;
    this.limits = limits;
    this.budget = new BodyBudget(limits.bodyBytes());
  }

  /**
   * How much of the clients is borne.
   *
   * @param requestNanos a request must be whole this long after its first byte
   * @param connections at once; one more is closed
   * @param bodyBytes of all requests that are not whole, together
   */
  public record Limits(long requestNanos, int connections, long bodyBytes) {
    public static final Limits DEFAULT =
        new Limits(TimeUnit.SECONDS.toNanos(30), 20_000, 256L << 20);
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (connections.incrementAndGet() > limits.connections()) {
      channel.close();
      return;
    }
    if (tls == null) {
      cleartext(channel.pipeline());
    } else {
      channel
          .pipeline()
          .addLast(tls.newHandler(channel.alloc()))
          .addLast(
              new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
                @Override
                protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                  if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    http2(context.pipeline());
                  } else {
                    http1(context.pipeline());
                  }
                }

                @Override
                protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
                  // A client that does not trust us says so itself; it is no news here.
                  context.close();
                }
              });
    }
  }

  /** Reads a preface of HTTP/2 or a request of HTTP/1, which may ask for an upgrade. */
  private void cleartext(ChannelPipeline pipeline) {
    HttpServerCodec codec = new HttpServerCodec();
    HttpServerUpgradeHandler upgrade =
        new HttpServerUpgradeHandler(
            codec,
            protocol ->
                AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                    ? new Http2ServerUpgradeCodec(http2(), multiplex())
                    : null,
            LARGEST_UPGRADE) {
          @Override
          protected boolean shouldHandleUpgradeRequest(HttpRequest request) {
            // It would be held whole, outside of the budget; the client goes on with HTTP/1.1.
            return HttpUtil.getContentLength(request, 0L) <= LARGEST_UPGRADE
                && !HttpUtil.isTransferEncodingChunked(request);
          }
        };
    ChannelHandler priorKnowledge =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            http2(channel.pipeline());
          }
        };
    RequestTimeout timeout = new RequestTimeout(limits.requestNanos());
    pipeline.addLast("timeout", timeout);
    pipeline.addLast(new CleartextHttp2ServerUpgradeHandler(codec, upgrade, priorKnowledge));
    pipeline.addLast(
        "http1",
        new SimpleChannelInboundHandler<HttpMessage>() {
          @Override
          protected void channelRead0(ChannelHandlerContext context, HttpMessage message) {
            // No upgrade: the rest of an HTTP/1 pipeline takes this handler's place.
            ChannelPipeline rest = context.pipeline();
            ChannelHandlerContext self = rest.context(this);
            requests(rest, timeout);
            rest.remove(upgrade);
            rest.remove(this);
            self.fireChannelRead(ReferenceCountUtil.retain(message));
          }

          @Override
          public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HttpServerUpgradeHandler.UpgradeEvent
                || event instanceof CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent) {
              // A connection of HTTP/2 has no one request to wait for; each stream has its own.
              timeout.stop();
              context.pipeline().remove(timeout);
              context.pipeline().remove(this);
            }
            context.fireUserEventTriggered(event);
          }
        });
    pipeline.addLast(LastResort.INSTANCE);
  }

  private void http1(ChannelPipeline pipeline) {
    RequestTimeout timeout = new RequestTimeout(limits.requestNanos());
    pipeline.addLast(timeout).addLast(new HttpServerCodec());
    requests(pipeline, timeout);
  }

  private void requests(ChannelPipeline pipeline, RequestTimeout timeout) {
    RequestConnection connection = new RequestConnection(handler, budget);
    timeout.spareWhile(connection::isAnswering);
    pipeline
        .addLast(timeout.requestEnd())
        .addLast(new HttpServerKeepAliveHandler())
        .addLast(new Http10Answers())
        .addLast(new RequestBodies(budget))
        .addLast(connection);
  }

  private void http2(ChannelPipeline pipeline) {
    pipeline.addLast(http2(), multiplex(), LastResort.INSTANCE);
  }

  private static Http2FrameCodec http2() {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(MOST_STREAMS)
                .initialWindowSize(1 << 20))
        .build();
  }

  private Http2MultiplexHandler multiplex() {
    return new Http2MultiplexHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel stream) {
            RequestTimeout timeout = new RequestTimeout(limits.requestNanos());
            stream
                .pipeline()
                .addLast(timeout)
                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                .addLast(timeout.requestEnd())
                .addLast(new RequestBodies(budget))
                .addLast(new RequestConnection(handler, budget));
          }
        });
  }
}
