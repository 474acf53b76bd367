package dev.candor.app.web.http;

import com.sun.net.httpserver.Headers;
import java.util.Map;

/** What every answer has, errors too. */
public final class SecurityHeaders {
  private static final String POLICY = "Content-Security-Policy";

  /** Nothing of another machine's, no script but from files of ours, no frame around it. */
  static final String PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
          + " img-src 'self' data: blob:; font-src 'none'; frame-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  /**
   * Of a file of a run: it has its own scripts in it, and an origin of nobody's, so that it can
   * neither ask the dashboard for anything nor reach the page around it.
   */
  public static final Map<String, String> OF_A_REPORT =
      Map.of(
          POLICY,
          "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline';"
              + " style-src 'unsafe-inline'; img-src data: blob:; font-src 'none'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'self'");

  private SecurityHeaders() {}

  static void put(Headers headers, Answer answer) {
    headers.set(POLICY, PAGES);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    answer.headers().forEach(headers::set);
  }
}
