package dev.candor.app.web.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client without the token gets; and one that brings it in the address: the token goes into
 * a cookie, and the address that is shown, kept and shared has it no more.
 */
final class TokenPage {
  static final String TOKEN = "token";

  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <meta http-equiv="refresh" content="0;url=ADDRESS">
      <title>Candor</title>
      <p><a href="ADDRESS">Go on to the dashboard</a>
      """;

  private TokenPage() {}

  static Answer answer(Ask ask, Access access, boolean api) {
    String given = ask.parameter(TOKEN);
    if (given == null || api || !ask.method().equals("GET")) {
      throw new Refusal(
          401,
          "a token is needed: open the address that candor serve has printed, or send it as Authorization: Bearer");
    }
    if (!access.isToken(given)) {
      throw new Refusal(401, "this is not the token; candor serve has printed the right address");
    }
    return goOn(ask, access.remember());
  }

  /**
   * A page that leads to the same address without the token. No redirect: followed from another
   * site's link, that would not send the cookie yet.
   */
  static Answer goOn(Ask ask, Map<String, String> headers) {
    return new Answer.Whole(
        200,
        "text/html; charset=utf-8",
        PAGE.replace("ADDRESS", address(ask)).getBytes(StandardCharsets.UTF_8),
        headers);
  }

  /** Of encoded parts only, so that nothing of it is HTML. */
  private static String address(Ask ask) {
    StringBuilder address = new StringBuilder();
    ask.path().forEach(segment -> address.append('/').append(encoded(segment)));
    StringBuilder query = new StringBuilder();
    ask.query()
        .forEach(
            (key, values) -> {
              if (!key.equals(TOKEN)) {
                values.forEach(
                    value ->
                        query
                            .append(query.isEmpty() ? "?" : "&amp;")
                            .append(encoded(key))
                            .append('=')
                            .append(encoded(value)));
              }
            });
    return (address.isEmpty() ? "/" : address.toString()) + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
