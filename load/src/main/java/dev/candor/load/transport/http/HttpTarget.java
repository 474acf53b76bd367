package dev.candor.load.transport.http;

import dev.candor.base.error.CandorException;
import dev.candor.load.transport.Dialect;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address that requests go to, and all of them that does not change from one to the next.
 *
 * @param index of the address among the target's
 * @param tls null for plain HTTP
 * @param head of HTTP/1.1: request line and headers up to the value of x-candor-request
 * @param http2Head the same of HTTP/2
 * @param exactLength whether an answer must have exactly the tokens asked for
 * @param secrets texts that no record may hold
 */
record HttpTarget(
    int index,
    String host,
    int port,
    @Nullable SslContext tls,
    byte[] head,
    Http2Head http2Head,
    Timeouts timeouts,
    boolean exactLength,
    List<String> secrets,
    Dialect dialect,
    Connections connections,
    @Nullable Proxy proxy) {
  /** Shorter values are words such as {@code true}, not secrets. */
  private static final int SHORTEST_SECRET = 8;

  /** Those of all of {@code urls}, which share what their TLS knows. */
  static List<HttpTarget> of(List<URI> urls, Target target, Dialect dialect) {
    boolean secure = urls.stream().anyMatch(HttpTarget::isSecure);
    SslContext tls = secure ? TlsContext.of(target) : null;
    List<HttpTarget> targets = new ArrayList<>(urls.size());
    for (URI url : urls) {
      targets.add(of(targets.size(), url, isSecure(url) ? tls : null, target, dialect));
    }
    return targets;
  }

  private static HttpTarget of(
      int index, URI url, @Nullable SslContext tls, Target target, Dialect dialect) {
    if (url.getHost() == null || !(isSecure(url) || "http".equalsIgnoreCase(url.getScheme()))) {
      throw CandorException.user(
          "target.url: found '%s', must be like http://127.0.0.1:8000/v1".formatted(url));
    }
    Connections connections = target.connections();
    Proxy proxy = Proxy.of(connections.proxy());
    RequestHead request = RequestHead.of(url, target, dialect);
    Map<String, String> more = new LinkedHashMap<>();
    if (!connections.keepAlive()) {
      more.put("connection", "close");
    }
    String uri = request.path();
    if (proxy != null && !proxy.socks() && tls == null) {
      uri = "http://" + request.authority() + request.path();
      String authorization = proxy.authorization();
      if (authorization != null) {
        more.put("proxy-authorization", authorization);
      }
    }
    return new HttpTarget(
        index,
        bare(url.getHost()),
        url.getPort() >= 0 ? url.getPort() : tls != null ? 443 : 80,
        tls,
        request.http1(uri, more),
        new Http2Head(request),
        target.timeouts(),
        target.ignoreEos(),
        secrets(target, proxy),
        dialect,
        connections,
        proxy);
  }

  private static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** An IPv6 address without its brackets, any other host as it is. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** What the scenario holds secret: it must not come back in an error that a server words. */
  private static List<String> secrets(Target target, @Nullable Proxy proxy) {
    List<String> secrets = new ArrayList<>(target.headers().values());
    if (target.apiKey() != null) {
      secrets.add(target.apiKey());
    }
    if (target.generic() != null) {
      secrets.addAll(target.generic().headers().values());
    }
    if (proxy != null && proxy.password() != null) {
      secrets.add(proxy.password());
    }
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    return secrets;
  }

  boolean http2() {
    return connections.version() == HttpVersion.HTTP_2;
  }

  /** The proxy that makes a tunnel to here; null: none, or one that forwards plain requests. */
  @Nullable Proxy tunnel() {
    boolean forwards = proxy != null && !proxy.socks() && tls == null && !http2();
    return forwards ? null : proxy;
  }

  /** {@code text} without the scenario's secrets. */
  String redacted(String text) {
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, "***");
    }
    return safe;
  }

  /** Host and port, as an address has them. */
  String where() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
