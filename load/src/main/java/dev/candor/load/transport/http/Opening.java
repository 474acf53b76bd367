package dev.candor.load.transport.http;

import dev.candor.base.time.Timer;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.record.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the making: its name, its socket, its tunnel, its TLS, and with HTTP/2 the
 * server's first word, each step with its time. <b>For its event loop's thread only.</b>
 */
final class Opening {
  private final Connector connector;
  private final HttpTransport transport;
  private final Pool pool;
  private final HttpTarget target;
  private final long started;
  private final ArrayDeque<InetAddress> untried = new ArrayDeque<>();
  private int tried;
  private @Nullable InetAddress trying;
  private long dns = AttemptTrace.NO_INSTANT;
  private long tcp = AttemptTrace.NO_INSTANT;
  private long tls = AttemptTrace.NO_INSTANT;
  private @Nullable Channel channel;
  private @Nullable Timer deadline;
  private boolean over;

  Opening(Connector connector, HttpTransport transport, Pool pool) {
    this.connector = connector;
    this.transport = transport;
    this.pool = pool;
    this.target = connector.target;
    this.started = now();
  }

  void start() {
    deadline = connector.scheduler.at(ultimately(), this::timedOut);
    Path local = target.connections().unixSocket();
    if (local != null) {
      connectLocal(local);
      return;
    }
    InetAddress literal = Resolver.literal(host());
    if (literal != null) {
      resolved(List.of(literal));
    } else {
      resolve();
    }
  }

  /** Whom the socket goes to: the proxy, if there is one. */
  private String host() {
    Proxy proxy = target.proxy();
    return proxy == null ? target.host() : proxy.host();
  }

  private int port() {
    Proxy proxy = target.proxy();
    return proxy == null ? target.port() : proxy.port();
  }

  private String where() {
    Proxy proxy = target.proxy();
    return proxy == null ? target.where() : "the proxy " + proxy;
  }

  private void resolve() {
    List<InetAddress> known = connector.resolver.known(host());
    if (known != null) {
      resolved(known);
      return;
    }
    connector
        .resolver
        .addresses(host())
        .whenCompleteAsync(
            (found, failure) -> {
              dns = now() - started;
              if (failure == null) {
                resolved(found);
              } else {
                fail(Outcome.NOT_RESOLVED, notResolved(failure));
              }
            },
            connector.loop);
  }

  private String notResolved(Throwable failure) {
    // The JDK says "name: why", or the name alone.
    String said =
        failure instanceof UnknownHostException ? failure.getMessage() : failure.toString();
    String prefix = host() + ": ";
    String why =
        said == null || said.equals(host())
            ? "it has no address"
            : said.startsWith(prefix) ? said.substring(prefix.length()) : said;
    return "cannot resolve the name '%s': %s".formatted(host(), why);
  }

  private void resolved(Collection<InetAddress> addresses) {
    if (!over) {
      untried.addAll(connector.order.next(List.copyOf(addresses)));
      connectNext();
    }
  }

  private void connectNext() {
    InetAddress address = untried.remove();
    trying = address;
    tried++;
    InetSocketAddress socket = new InetSocketAddress(address, port());
    Proxy proxy = target.tunnel();
    if (proxy == null) {
      connect(socket, null, address);
    } else {
      connect(
          InetSocketAddress.createUnresolved(target.host(), target.port()),
          proxy.tunnel(socket),
          address);
    }
  }

  private void connect(SocketAddress to, @Nullable ProxyHandler tunnel, InetAddress address) {
    long begun = now();
    ChannelFuture future = connector.connect(to, tunnel);
    Channel connecting = future.channel();
    channel = connecting;
    // An address that does not answer leaves the others their share of the time.
    Timer patience =
        untried.isEmpty()
            ? () -> {}
            : connector.scheduler.at(
                begun + (ultimately() - begun) / (untried.size() + 1), connecting::close);
    heard(
        future,
        done -> {
          patience.cancel();
          if (over) {
            discard(connecting);
          } else if (done.isSuccess()) {
            connector.order.worked(address);
            tcp = now() - begun;
            RoundTrip.handshake(connecting, tcp);
            if (tunnel == null) {
              secure(connecting);
            } else {
              throughTunnel(connecting, tunnel, begun);
            }
          } else {
            connector.order.failed(address);
            refused(done.cause());
          }
        });
  }

  /**
   * A socket that could not even be made, for want of a descriptor, is told of on another thread.
   */
  private void heard(ChannelFuture future, Consumer<ChannelFuture> listener) {
    future.addListener(
        done -> {
          if (connector.loop.inEventLoop()) {
            listener.accept(future);
          } else {
            connector.loop.execute(() -> listener.accept(future));
          }
        });
  }

  private void refused(Throwable cause) {
    if (!untried.isEmpty()) {
      connectNext();
      return;
    }
    connector.resolver.forget(host());
    ConnectFailure failure = ConnectFailure.ofSocket(where(), cause);
    fail(
        failure.outcome(),
        failure.why() + (tried > 1 ? " (and so %d addresses)".formatted(tried) : ""));
  }

  private void throughTunnel(Channel connected, ProxyHandler tunnel, long begun) {
    tunnel
        .connectFuture()
        .addListener(
            done -> {
              if (over) {
                connected.close();
              } else if (done.isSuccess()) {
                tcp = now() - begun;
                connected.pipeline().remove(tunnel);
                secure(connected);
              } else {
                Proxy proxy = target.tunnel();
                if (proxy != null) {
                  fail(ConnectFailure.ofTunnel(proxy, target.where(), done.cause()));
                }
              }
            });
  }

  private void connectLocal(Path path) {
    ChannelFuture future = connector.connect(path);
    Channel connecting = future.channel();
    channel = connecting;
    heard(
        future,
        done -> {
          if (over) {
            discard(connecting);
          } else if (done.isSuccess()) {
            secure(connecting);
          } else {
            fail(ConnectFailure.ofSocket("the socket " + path, done.cause()));
          }
        });
  }

  private void secure(Channel connected) {
    if (target.tls() == null) {
      speak(connected);
      return;
    }
    long begun = now();
    SslHandler handler = target.tls().newHandler(connected.alloc(), target.host(), target.port());
    handler.setHandshakeTimeoutMillis(0);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (over) {
                connected.close();
              } else if (done.isSuccess()) {
                tls = now() - begun;
                negotiated(connected, handler);
              } else {
                fail(ConnectFailure.ofTls(target.where(), done.cause()));
              }
            });
    connected.pipeline().addFirst(handler);
  }

  private void negotiated(Channel connected, SslHandler handler) {
    if (target.http2() && !ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
      fail(
          Outcome.TLS_FAILED,
          "%s does not offer HTTP/2 over TLS (no h2 by ALPN); target.connections.http: \"1.1\" goes without"
              .formatted(target.where()));
    } else {
      speak(connected);
    }
  }

  private void speak(Channel connected) {
    if (target.http2()) {
      MultiplexedConnection.install(transport, connected, this::ready, this::fail);
      return;
    }
    Http1Connection connection = new Http1Connection(transport, connected);
    connected.pipeline().addFirst(connection.readClock()).addLast(connection);
    connected.pipeline().remove(Early.class);
    ready(connection);
  }

  private void ready(Connection connection) {
    Channel made = channel;
    if (over || made == null) {
      connection.close();
      return;
    }
    end();
    connector.gauges.watch(made);
    made.closeFuture().addListener(closed -> pool.closed());
    pool.made(connection, new Setup(started, dns, tcp, tls));
  }

  private void timedOut() {
    if (tcp == AttemptTrace.NO_INSTANT && trying != null) {
      connector.order.failed(trying);
      connector.resolver.forget(host());
    }
    fail(Outcome.TIMEOUT_CONNECT, HttpExchange.over("connect", target.timeouts().connectNanos()));
  }

  private void fail(ConnectFailure failure) {
    fail(failure.outcome(), failure.why());
  }

  private void fail(Outcome outcome, String why) {
    if (over) {
      return;
    }
    end();
    if (channel != null) {
      discard(channel);
    }
    pool.failed(outcome, why);
  }

  /** A socket that could not even be made has no loop that could close it. */
  private static void discard(Channel unwanted) {
    if (unwanted.isRegistered()) {
      unwanted.close();
    }
  }

  private void end() {
    over = true;
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private long ultimately() {
    return started + target.timeouts().connectNanos();
  }

  private long now() {
    return connector.scheduler.nanoTime();
  }
}
