package dev.candor.load.transport.http;

import dev.candor.base.time.Scheduler;
import dev.candor.load.health.SystemGauges;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.proxy.ProxyHandler;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the connections of one loop to one address. <b>For its event loop's thread only.</b> */
final class Connector implements Opener {
  final EventLoop loop;
  final Scheduler scheduler;
  final HttpTarget target;
  final Resolver resolver;
  final AddressOrder order = new AddressOrder();
  final SystemGauges gauges;
  private final Class<? extends Channel> unix;
  private final Bootstrap bootstrap;

  Connector(
      EventLoop loop,
      Scheduler scheduler,
      HttpTarget target,
      Resolver resolver,
      LoopGroup group,
      SystemGauges gauges) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.target = target;
    this.resolver = resolver;
    this.gauges = gauges;
    this.unix = group.unix();
    boolean local = target.connections().unixSocket() != null;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(local ? unix : group.tcp())
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
  ChannelFuture connect(SocketAddress address, @Nullable ProxyHandler tunnel) {
    return bootstrap.clone().handler(new InTheMaking(tunnel)).connect(address);
  }

  /** The same, to a path in the file system. */
  ChannelFuture connect(Path path) {
    SocketAddress address =
        unix == NioDomainSocketChannel.class
            ? UnixDomainSocketAddress.of(path)
            : new DomainSocketAddress(path.toString());
    return connect(address, null);
  }

  /** What a connection has while it is made. */
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
      channel.pipeline().addLast(new Early());
    }
  }
}
