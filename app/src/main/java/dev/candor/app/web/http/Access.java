package dev.candor.app.web.http;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. Three things are looked at: the host that the client thinks it talks to, so that no
 * name of somebody else's that resolves to this machine gets in (DNS rebinding); where a request
 * that changes something comes from, so that no other site's page can send it; and the token, where
 * one is needed.
 */
public final class Access {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /** An address is nobody's name: it cannot be made to resolve to another machine. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

  private final String host;
  private final byte @Nullable [] token;
  private final String cookie;

  /**
   * @param host that the server listens on
   * @param token null: none is needed
   * @param port tells the cookies of two dashboards of one machine apart
   */
  public Access(String host, @Nullable String token, int port) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.token = token == null ? null : digest(token);
    this.cookie = "candor_" + port;
  }

  /** Whether {@code host} is this machine's alone. */
  public static boolean isLoopback(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return LOOPBACK
        .matcher(lower.contains(":") && !lower.startsWith("[") ? "[" + lower + "]" : lower)
        .matches();
  }

  /**
   * Lets a request pass.
   *
   * @param api whether it is for a script of a page, which no other site's page may be
   * @throws Refusal where it does not
   */
  void check(String method, Headers headers, boolean api) {
    String asked = single(headers, "Host");
    if (asked == null || !mayBeCalled(name(asked))) {
      throw new Refusal(
          403, "the Host header names another machine than the one that candor serve was told of");
    }
    boolean changes = !HARMLESS.contains(method);
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
    if (elsewhere && (changes || api)) {
      throw new Refusal(403, "a page of another site may not ask for this");
    }
    if (!changes) {
      return;
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + asked) && !origin.equals("https://" + asked)) {
      throw new Refusal(403, "a page of another origin may not change anything here");
    }
    // No form can send it, and no script of another origin without asking first.
    if (!"1".equals(headers.getFirst("X-Candor"))) {
      throw new Refusal(403, "what changes something needs the header X-Candor: 1");
    }
  }

  /** Whether the client has shown the token, or needs none. */
  boolean isKnown(Headers headers) {
    byte[] needed = token;
    if (needed == null) {
      return true;
    }
    String bearer = headers.getFirst("Authorization");
    if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return MessageDigest.isEqual(needed, digest(bearer.substring(7).strip()));
    }
    String shown = cookie(headers);
    return shown != null
        && MessageDigest.isEqual(
            hex(needed).getBytes(StandardCharsets.US_ASCII),
            shown.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@code given} is the token. */
  boolean isToken(String given) {
    return token != null && MessageDigest.isEqual(token, digest(given));
  }

  /** Shows the token from then on; no script can read it, and no other site's page sends it. */
  Map<String, String> remember() {
    return Map.of(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict"
            .formatted(cookie, token == null ? "" : hex(token)));
  }

  private @Nullable String cookie(Headers headers) {
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String each : line.split(";", -1)) {
        String pair = each.strip();
        if (pair.startsWith(cookie + "=")) {
          return pair.substring(cookie.length() + 1);
        }
      }
    }
    return null;
  }

  private boolean mayBeCalled(String name) {
    return LOOPBACK.matcher(name).matches()
        || (!isLoopback(host)
            && (name.equals(host)
                || name.equals("[" + host + "]")
                || (ANY.contains(host) && ADDRESS.matcher(name).matches())));
  }

  /** Without the port. */
  private static String name(String asked) {
    String lower = asked.toLowerCase(Locale.ROOT);
    int port = lower.lastIndexOf(':');
    return port > lower.lastIndexOf(']') ? lower.substring(0, port) : lower;
  }

  private static @Nullable String single(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.getFirst();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Of equal length whatever is given, so that comparing tells nothing of the length either. */
  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }
}
