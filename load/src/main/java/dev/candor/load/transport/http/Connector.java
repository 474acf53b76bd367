package dev.candor.load.transport.http;

import dev.candor.base.time.Scheduler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.proxy.ProxyHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes the connections of one loop to one address. <b>For its event loop's thread only.</b> */
final class Connector implements Opener {
  final EventLoop loop;
  final Scheduler scheduler;
  final HttpTarget target;
  final Resolver resolver;
  final Sockets sockets;
  final AddressOrder order = new AddressOrder();
  private final Bootstrap bootstrap;

  Connector(
      EventLoop loop, Scheduler scheduler, HttpTarget target, Resolver resolver, Sockets sockets) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.target = target;
    this.resolver = resolver;
    this.sockets = sockets;
    boolean local = target.connections().unixSocket() != null;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(local ? sockets.local() : sockets.tcp())
            // Names are resolved ahead, and behind a proxy by it.
            .disableResolver()
            // The connect timeout is ours, with the other stages'.
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    if (!local) {
      bootstrap.option(ChannelOption.TCP_NODELAY, true);
    }
  }

  @Override
  public void open(HttpTransport transport, Pool pool) {
    new Opening(this, transport, pool).start();
  }

  /**
   * A new socket on its way to {@code address}.
   *
   * @param tunnel sees to it that the socket goes to a proxy in place of {@code address}, or null
   */
  io.netty.channel.ChannelFuture connect(SocketAddress address, @Nullable ProxyHandler tunnel) {
    return bootstrap.clone().handler(new InTheMaking(tunnel)).connect(address);
  }

  /** What a connection has while it is made: failures are heard by the futures of its steps. */
  private static final class InTheMaking extends ChannelInitializer<Channel> {
    private final @Nullable ProxyHandler tunnel;

    InTheMaking(@Nullable ProxyHandler tunnel) {
      this.tunnel = tunnel;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tunnel != null) {
        channel.pipeline().addLast(tunnel);
      }
      channel.pipeline().addLast(Silence.INSTANCE);
    }
  }

  /** Keeps what the steps' futures have told from being logged as unhandled. */
  @ChannelHandler.Sharable
  static final class Silence extends ChannelInboundHandlerAdapter {
    static final Silence INSTANCE = new Silence();

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
