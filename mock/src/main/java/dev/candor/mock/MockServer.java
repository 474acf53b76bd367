package dev.candor.mock;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.time.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A mock LLM service on loopback: OpenAI chat completions with latencies from distributions, and a
 * record of what it truly did. Thread-safe.
 *
 * <pre>{@code
 * try (MockServer mock = MockServer.start(MockOptions.of(MockSettings.DEFAULT, 42))) {
 *   ... mock.baseUrl() ...
 * }
 * }</pre>
 */
public final class MockServer implements AutoCloseable {
  private static final int LARGEST_REQUEST = 32 << 20;

  private final MultiThreadIoEventLoopGroup group;
  private final Channel listener;
  private final TruthLog truth;
  private final boolean secure;

  private MockServer(
      MultiThreadIoEventLoopGroup group, Channel listener, TruthLog truth, boolean secure) {
    this.group = group;
    this.listener = listener;
    this.truth = truth;
    this.secure = secure;
  }

  /**
   * Starts serving.
   *
   * @throws CandorException where the port is taken, the TLS identity cannot be read or the truth
   *     file cannot be written
   */
  public static MockServer start(MockOptions options) {
    TlsIdentity identity = options.tls();
    SslContext tls = identity == null ? null : identity.serverContext();
    TruthLog truth = TruthLog.open(options.settings().truth());
    ChatService service = new ChatService(options, Clock.system(), truth);
    boolean epoll = Epoll.isAvailable();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            options.loops(), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new Http10Answers())
                        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast(new MockConnection(service, truth));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      truth.close();
      throw new CandorException(
          ErrorCode.TARGET,
          "cannot listen on port %d of loopback (%s); choose another with --port, or 0 for any free one"
              .formatted(options.port(), bound.cause().getMessage()),
          bound.cause());
    }
    return new MockServer(group, bound.channel(), truth, tls != null);
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * {@code http://127.0.0.1:PORT/v1}, or https. An address and not {@code localhost}, which may
   * mean ::1, where nobody listens: a certificate must name 127.0.0.1 to be accepted here.
   */
  public URI baseUrl() {
    return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port() + "/v1");
  }

  /** The truth of the last 100,000 requests that have ended. */
  public List<TruthRecord> truth() {
    return truth.kept();
  }

  /**
   * Why the truth file is incomplete (a full disk, say), or null; final once this is closed. {@link
   * #truth()} has everything all the same.
   */
  public @Nullable String truthFailure() {
    return truth.failure();
  }

  /** Ends all connections and waits until the truth is written. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    truth.close();
  }
}
