package dev.candor.load.transport.http;

import dev.candor.base.error.CandorException;
import dev.candor.load.transport.Dialect;
import dev.candor.scenario.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All of a request's head that is the same from one to the next.
 *
 * @param authority host, and port where the address has one
 * @param path with its query
 * @param headers by their lower-case names, without host
 */
record RequestHead(
    String method, String scheme, String authority, String path, Map<String, String> headers) {
  private static final String HOST = "host";

  static RequestHead of(URI url, Target target, Dialect dialect) {
    String base = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(HOST, url.getHost() + (url.getPort() >= 0 ? ":" + url.getPort() : ""));
    headers.put("user-agent", "candor");
    headers.putAll(dialect.headers(target.apiKey()));
    // The scenario's own replace ours of the same name.
    target.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    headers.forEach(RequestHead::check);
    String authority = String.valueOf(headers.remove(HOST));
    return new RequestHead(
        dialect.method(),
        url.getScheme().toLowerCase(Locale.ROOT),
        authority,
        base + dialect.path() + query,
        headers);
  }

  private static void check(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\r' || value.charAt(i) == '\n') {
        throw CandorException.user("header '%s': its value has a line break".formatted(name));
      }
    }
  }

  /**
   * The bytes of HTTP/1.1 up to the value of x-candor-request, its last header but content-length.
   *
   * @param uri what the request line asks for: the path, or for a proxy the absolute form
   * @param more headers of this connection
   */
  byte[] http1(String uri, Map<String, String> more) {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(uri).append(" HTTP/1.1\r\n");
    head.append("host: ").append(authority).append("\r\n");
    headers.forEach((name, value) -> line(head, name, value));
    more.forEach((name, value) -> line(head, name, value));
    return head.append("x-candor-request: ").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
