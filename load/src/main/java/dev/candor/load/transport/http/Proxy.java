package dev.candor.load.transport.http;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What stands between us and the target.
 *
 * @param user null: none is told; it and the password are secret
 */
record Proxy(
    boolean socks, String host, int port, @Nullable String user, @Nullable String password) {

  static @Nullable Proxy of(@Nullable URI url) {
    if (url == null) {
      return null;
    }
    String user = null;
    String password = null;
    if (url.getUserInfo() != null) {
      int colon = url.getUserInfo().indexOf(':');
      user = colon < 0 ? url.getUserInfo() : url.getUserInfo().substring(0, colon);
      password = colon < 0 ? "" : url.getUserInfo().substring(colon + 1);
    }
    return new Proxy(
        url.getScheme().startsWith("socks"),
        HttpTarget.bare(url.getHost()),
        url.getPort(),
        user,
        password);
  }

  /** The value of proxy-authorization, null where no user is told. */
  @Nullable String authorization() {
    return user == null
        ? null
        : "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** A handler that has this proxy, of that address, tunnel to where the channel connects to. */
  ProxyHandler tunnel(InetSocketAddress address) {
    ProxyHandler handler;
    if (socks) {
      handler = new Socks5ProxyHandler(address, user, password);
    } else if (user != null && password != null) {
      handler = new HttpProxyHandler(address, user, password);
    } else {
      handler = new HttpProxyHandler(address);
    }
    // The connect timeout is ours, with the other stages'.
    handler.setConnectTimeoutMillis(0);
    return handler;
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }
}
