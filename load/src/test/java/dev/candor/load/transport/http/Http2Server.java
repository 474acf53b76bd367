package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 server on loopback that answers each whole request as it is told. */
final class Http2Server implements AutoCloseable {
  static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
  static final String DONE = "data: [DONE]\n\n";

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final @Nullable SslContext tls;
  private final Behaviour behaviour;
  private final Http2Settings settings;

  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger mostInFlight = new AtomicInteger();
  final AtomicLong bodyBytes = new AtomicLong();

  /** When the session of each connection began; a resumed one has the time of its first. */
  final ConcurrentLinkedQueue<Long> sessions = new ConcurrentLinkedQueue<>();

  final ConcurrentLinkedQueue<Long> resets = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Http2Headers> heads = new ConcurrentLinkedQueue<>();

  /** Answers a request; runs on the server's only thread. */
  interface Behaviour {
    void answer(Answer answer);
  }

  Http2Server(@Nullable SslContext tls, Http2Settings settings, Behaviour behaviour) {
    this.tls = tls;
    this.behaviour = behaviour;
    this.settings = settings;
    this.listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  static Http2Server plain(Behaviour behaviour) {
    return new Http2Server(null, Http2Settings.defaultSettings(), behaviour);
  }

  URI url() {
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    return URI.create((tls == null ? "http://127.0.0.1:" : "https://127.0.0.1:") + port + "/v1");
  }

  private void accept(Channel channel) {
    connections.incrementAndGet();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler
          .handshakeFuture()
          .addListener(done -> sessions.add(handler.engine().getSession().getCreationTime()));
      channel.pipeline().addLast(handler);
    }
    channel
        .pipeline()
        .addLast(Http2FrameCodecBuilder.forServer().initialSettings(settings).build())
        .addLast(new Requests());
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private final class Requests extends ChannelDuplexHandler {
    private final ConcurrentHashMap<Integer, Http2Headers> open = new ConcurrentHashMap<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        switch (message) {
          case Http2HeadersFrame frame -> {
            heads.add(frame.headers());
            open.put(frame.stream().id(), frame.headers());
            mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            if (frame.isEndStream()) {
              whole(context, frame.stream());
            }
          }
          case Http2DataFrame frame -> {
            bodyBytes.addAndGet(frame.content().readableBytes());
            context.write(
                new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes())
                    .stream(frame.stream()));
            context.flush();
            if (frame.isEndStream()) {
              whole(context, frame.stream());
            }
          }
          case Http2ResetFrame frame -> {
            resets.add(frame.errorCode());
            inFlight.decrementAndGet();
          }
          default -> {}
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void whole(ChannelHandlerContext context, Http2FrameStream stream) {
      int number = requests.getAndIncrement();
      behaviour.answer(new Answer(context, stream, number, Http2Server.this));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** What can be answered; each call flushes. */
  record Answer(
      ChannelHandlerContext context, Http2FrameStream stream, int number, Http2Server server) {

    Answer head(int status, String... more) {
      Http2Headers headers =
          new DefaultHttp2Headers(false)
              .status(Integer.toString(status))
              .add("content-type", "text/event-stream");
      for (int i = 0; i < more.length; i += 2) {
        headers.add(more[i], more[i + 1]);
      }
      context.writeAndFlush(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
      return this;
    }

    Answer data(String text) {
      context.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, UTF_8), false).stream(stream));
      return this;
    }

    void end(String text) {
      server.inFlight.decrementAndGet();
      context.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, UTF_8), true).stream(stream));
    }

    void trailers() {
      server.inFlight.decrementAndGet();
      Http2Headers trailers = new DefaultHttp2Headers().add("x-checksum", "1");
      context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
    }

    void whole() {
      head(200).data(EVENT).end(DONE);
    }

    void reset(Http2Error error) {
      server.inFlight.decrementAndGet();
      context.writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    /** Says that the connection is over, and that nothing above {@code extra} more is processed. */
    void goAway(int extra) {
      context.writeAndFlush(
          new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(extra));
    }

    void after(long millis, Runnable task) {
      context.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }
}
