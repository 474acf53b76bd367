package dev.candor.load.transport.http;

import dev.candor.base.time.Scheduler;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.health.SystemGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with keep-alive: a stack of idle connections, the most recently used on top. <b>For its
 * event loop's thread only.</b>
 */
final class HttpTransport implements Transport {
  final Scheduler scheduler;
  final HttpTarget target;
  final ReadBuffer reads = new ReadBuffer();
  private final Bootstrap bootstrap;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final SystemGauges gauges = new SystemGauges();

  HttpTransport(
      EventLoop loop,
      Class<? extends Channel> channelType,
      Scheduler scheduler,
      HttpTarget target) {
    this.scheduler = scheduler;
    this.target = target;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            // The connect timeout is ours, with the other stages'.
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new ConnectionInitializer());
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    HttpExchange exchange = new HttpExchange(this, request, trace, ended);
    Connection connection = pollIdle();
    if (connection != null) {
      connection.send(exchange);
    } else {
      connect(exchange);
    }
    return exchange;
  }

  /**
   * Sends the exchange's request again, on a new connection: the kept one that it went to was
   * closed by the server as it was used, and nothing of a response has come. Counts in {@link
   * AttemptTrace#resends}. The exchange must be off its connection.
   */
  void resend(HttpExchange exchange) {
    exchange.trace.resends++;
    exchange.trace.sent = AttemptTrace.NO_INSTANT;
    connect(exchange);
  }

  private void connect(HttpExchange exchange) {
    exchange.startConnecting();
    bootstrap
        .connect(target.host(), target.port())
        .addListener(
            (io.netty.channel.ChannelFuture future) -> {
              if (!future.isSuccess()) {
                exchange.connectFailed(future.cause());
                return;
              }
              connected(future.channel(), exchange);
            });
  }

  private void connected(Channel channel, HttpExchange exchange) {
    Http1Connection opened = channel.pipeline().get(Http1Connection.class);
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      sendOrKeep(opened, exchange);
      return;
    }
    tls.handshakeFuture()
        .addListener(
            handshake -> {
              if (handshake.isSuccess()) {
                sendOrKeep(opened, exchange);
              } else {
                exchange.connectFailed(handshake.cause());
                channel.close();
              }
            });
  }

  private void sendOrKeep(Connection opened, HttpExchange exchange) {
    if (exchange.ended()) {
      release(opened);
    } else {
      exchange.connected();
      opened.send(exchange);
    }
  }

  private @Nullable Connection pollIdle() {
    for (Connection next = idle.poll(); next != null; next = idle.poll()) {
      if (next.isOpen()) {
        return next;
      }
    }
    return null;
  }

  void release(Connection connection) {
    idle.push(connection);
  }

  void forget(Connection connection) {
    idle.remove(connection);
  }

  @Override
  public LoopGauges gauges() {
    return gauges;
  }

  @Override
  public void close() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }

  private final class ConnectionInitializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      gauges.watch(channel);
      Http1Connection connection = new Http1Connection(HttpTransport.this, channel);
      channel.pipeline().addLast(connection.readClock());
      if (target.tls() != null) {
        SslHandler tls = target.tls().newHandler(channel.alloc(), target.host(), target.port());
        tls.setHandshakeTimeoutMillis(0);
        channel.pipeline().addLast(tls);
      }
      channel.pipeline().addLast(connection);
    }
  }
}
