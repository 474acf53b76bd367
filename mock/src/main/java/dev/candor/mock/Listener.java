package dev.candor.mock;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The port on loopback, which can be closed and opened again. <b>For the mock's event loop.</b> */
final class Listener {
  private static final int BACKLOG = 4096;

  /** A client that vanished without a word is given up after this. */
  private static final int UNACKNOWLEDGED_MILLIS = 30_000;

  private static final long AGAIN_MILLIS = 20;

  private final ServerBootstrap bootstrap;
  private final EventLoop loop;
  private final InetSocketAddress address;
  private Channel channel;
  private boolean wanted = true;
  private boolean closed;

  private Listener(ServerBootstrap bootstrap, EventLoop loop, Channel channel) {
    this.bootstrap = bootstrap;
    this.loop = loop;
    this.channel = channel;
    this.address = (InetSocketAddress) channel.localAddress();
  }

  /**
   * @throws CandorException where the port is taken
   */
  static Listener open(EventLoop loop, ChannelHandler pipelines, int port) {
    boolean epoll = Epoll.isAvailable();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(pipelines);
    if (epoll) {
      bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS);
    }
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CandorException(
          ErrorCode.TARGET,
          "cannot listen on port %d of loopback (%s); choose another with --port, or 0 for any free one"
              .formatted(port, bound.cause().getMessage()),
          bound.cause());
    }
    return new Listener(bootstrap, loop, bound.channel());
  }

  int port() {
    return address.getPort();
  }

  /** Whether new connections are taken or refused; those that are there stay. */
  void listen(boolean wants) {
    if (wants == wanted) {
      return;
    }
    wanted = wants;
    if (wants) {
      bind();
    } else {
      channel.close();
    }
  }

  private void bind() {
    bootstrap
        .bind(address)
        .addListener(
            (ChannelFuture bound) -> {
              if (bound.isSuccess() && (!wanted || closed)) {
                bound.channel().close();
              } else if (bound.isSuccess()) {
                channel = bound.channel();
              } else if (wanted && !closed) {
                // Somebody took the port meanwhile; it is ours again as soon as it is free.
                loop.schedule(this::bind, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
  }

  void close() {
    closed = true;
    channel.close();
  }
}
