package dev.candor.scenario;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the target is connected to.
 *
 * @param version of HTTP that is spoken
 * @param onePerRequest HTTP/2: a connection of its own for every request in flight, rather than as
 *     many requests on each as the server takes
 * @param keepAlive whether a connection serves another request after its first
 * @param most connections to the target in all; 0: as many as there are requests in flight
 * @param proxy {@code http://host:port} (CONNECT, or the absolute form for plain HTTP) or {@code
 *     socks5://host:port}, whose user and password are secret; null: none
 * @param unixSocket path of the socket to connect to in place of the address's host and port, or
 *     null
 * @param certificate for servers that ask for one over TLS, or null
 */
public record Connections(
    HttpVersion version,
    boolean onePerRequest,
    boolean keepAlive,
    int most,
    @Nullable URI proxy,
    @Nullable Path unixSocket,
    @Nullable ClientCertificate certificate) {

  /** HTTP/1.1 with keep-alive, no proxy. */
  public static final Connections DEFAULT =
      new Connections(HttpVersion.HTTP_1_1, false, true, 0, null, null, null);

  /** The proxy without its user and password, null where there is none. */
  public @Nullable URI shownProxy() {
    return proxy == null
        ? null
        : URI.create("%s://%s:%d".formatted(proxy.getScheme(), proxy.getHost(), proxy.getPort()));
  }

  /** Keeps the proxy's password out of logs and messages. */
  @Override
  public String toString() {
    return "Connections[HTTP/%s, one per request %s, keep-alive %s, most %d, proxy %s, socket %s]"
        .formatted(version.key(), onePerRequest, keepAlive, most, shownProxy(), unixSocket);
  }

  /** The versions of HTTP; the key is what scenarios say. */
  public enum HttpVersion {
    HTTP_1_1("1.1"),
    /** By ALPN over TLS, by prior knowledge without. */
    HTTP_2("2");

    private final String key;

    HttpVersion(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
