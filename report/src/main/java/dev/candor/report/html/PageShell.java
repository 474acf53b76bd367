package dev.candor.report.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A whole page as one file that opens offline and can be mailed: styles, the chart library and what
 * draws with it are inside, and its policy allows these scripts by their hashes and nothing else.
 */
public final class PageShell {
  private PageShell() {}

  /**
   * The document.
   *
   * @param title as text
   * @param body as HTML, the inside of {@code main}
   */
  public static String of(String title, String body) {
    String charts = PageAssets.charts();
    String pictures = PageAssets.pictures();
    return "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
        + "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
        + "<meta http-equiv=Content-Security-Policy content=\"%s\">\n"
            .formatted(policy(charts, pictures))
        + "<link rel=icon href=\"data:,\">\n<title>"
        + Html.escape(title)
        + "</title>\n<style>\n"
        + PageAssets.styles()
        + "</style>\n</head>\n<body>\n<a class=skip href=\"#content\">Skip to the content</a>\n"
        + "<button type=button class=theme-switch hidden>Theme</button>\n"
        + "<main id=content>\n"
        + body
        + "</main>\n<noscript><p class=notice>Pictures are drawn by a script in this file;"
        + " scripts are off.</p></noscript>\n<script>"
        + charts
        + "</script>\n<script>"
        + pictures
        + "</script>\n</body>\n</html>\n";
  }

  private static String policy(String... scripts) {
    StringBuilder policy = new StringBuilder("default-src 'none'; script-src");
    for (String script : scripts) {
      policy.append(" 'sha256-").append(hash(script)).append('\'');
    }
    return policy
        .append("; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; ")
        .append("form-action 'none'")
        .toString();
  }

  private static String hash(String script) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
