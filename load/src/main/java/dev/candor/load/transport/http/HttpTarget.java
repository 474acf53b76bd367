package dev.candor.load.transport.http;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.load.transport.Dialect;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go, and all of them that does not change from one to the next.
 *
 * @param tls null for plain HTTP
 * @param head request line and headers up to the value of content-length
 * @param exactLength whether an answer must have exactly the tokens asked for
 * @param secrets texts that no record may hold
 */
record HttpTarget(
    String host,
    int port,
    @Nullable SslContext tls,
    byte[] head,
    Timeouts timeouts,
    boolean exactLength,
    List<String> secrets,
    Dialect dialect) {
  /** Shorter values are words such as {@code true}, not secrets. */
  private static final int SHORTEST_SECRET = 8;

  static HttpTarget of(URI url, Target target, Dialect dialect) {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    String host = url.getHost();
    if (host == null || !(secure || "http".equalsIgnoreCase(url.getScheme()))) {
      throw CandorException.user(
          "target.url: found '%s', must be like http://127.0.0.1:8000/v1".formatted(url));
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    return new HttpTarget(
        bare,
        port,
        secure ? tls(target) : null,
        head(url, target, dialect, host + (url.getPort() >= 0 ? ":" + port : "")),
        target.timeouts(),
        target.ignoreEos(),
        secrets(target),
        dialect);
  }

  private static byte[] head(URI url, Target target, Dialect dialect, String authority) {
    String base = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    StringBuilder head =
        new StringBuilder(512)
            .append(dialect.method())
            .append(' ')
            .append(base)
            .append(dialect.path())
            .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
            .append(" HTTP/1.1\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", authority);
    headers.put("user-agent", "candor");
    headers.putAll(dialect.headers(target.apiKey()));
    // The scenario's own replace ours of the same name.
    target.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    headers.forEach((name, value) -> header(head, name, value));
    return head.append("x-candor-request: ").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What the scenario holds secret: it must not come back in an error that a server words. */
  private static List<String> secrets(Target target) {
    List<String> secrets = new ArrayList<>(target.headers().values());
    if (target.apiKey() != null) {
      secrets.add(target.apiKey());
    }
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    return secrets;
  }

  /** {@code text} without the scenario's secrets. */
  String redacted(String text) {
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, "***");
    }
    return safe;
  }

  private static void header(StringBuilder head, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\r' || value.charAt(i) == '\n') {
        throw CandorException.user("header '%s': its value has a line break".formatted(name));
      }
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static SslContext tls(Target target) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient();
      if (!target.verifyTls()) {
        builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      } else if (target.certificateAuthority() != null) {
        builder.trustManager(target.certificateAuthority().toFile());
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new CandorException(
          ErrorCode.USER,
          "target.tls: the certificate authority %s cannot be read: %s"
              .formatted(target.certificateAuthority(), e.getMessage()),
          e);
    }
  }
}
