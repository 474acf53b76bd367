package dev.candor.app.web;

import dev.candor.app.web.http.Answer;
import dev.candor.app.web.http.Ask;
import dev.candor.app.web.http.Refusal;
import dev.candor.report.html.PageAssets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pages, scripts and styles out of the jar: the dashboard's own, and those of reports. */
final class Assets {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,60}\\.(css|js|svg|png)");
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "html", "text/html; charset=utf-8");
  private static final List<Class<?>> PLACES = List.of(Assets.class, PageAssets.class);

  private final Map<String, Found> read = new ConcurrentHashMap<>();

  private record Found(byte[] bytes, String tag) {}

  /** The page {@code name}.html. */
  Answer page(Ask ask, String name) {
    Found page = found(name + ".html", List.of(Assets.class));
    return page == null
        ? Answer.text(
            200,
            "text/html; charset=utf-8",
            "<!doctype html><meta charset=\"utf-8\"><title>Candor</title><p>This page is not in this build.\n")
        : answer(ask, page, "html");
  }

  /**
   * The file {@code name} of the pages.
   *
   * @throws Refusal where there is none
   */
  Answer asset(Ask ask, String name) {
    Found asset = NAME.matcher(name).matches() ? found(name, PLACES) : null;
    if (asset == null) {
      throw Refusal.notFound("there is no such file");
    }
    return answer(ask, asset, name.substring(name.lastIndexOf('.') + 1));
  }

  private static Answer answer(Ask ask, Found found, String ending) {
    Map<String, String> headers = Map.of("ETag", found.tag(), "Cache-Control", "no-cache");
    boolean known = found.tag().equals(ask.headers().getFirst("If-None-Match"));
    return new Answer.Whole(
        known ? 304 : 200,
        TYPES.getOrDefault(ending, "application/octet-stream"),
        known ? new byte[0] : found.bytes(),
        headers);
  }

  /** What is not there is not kept: anybody may ask for any number of names. */
  private @Nullable Found found(String name, List<Class<?>> places) {
    Found known = read.get(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = bytes(name, places);
    if (bytes == null) {
      return null;
    }
    Found fresh = new Found(bytes, tag(bytes));
    read.put(name, fresh);
    return fresh;
  }

  private static byte @Nullable [] bytes(String name, List<Class<?>> places) {
    if (name.equals("pictures.js")) {
      return PageAssets.pictures().getBytes(StandardCharsets.UTF_8);
    }
    for (Class<?> place : places) {
      try (InputStream in = place.getResourceAsStream(name)) {
        if (in != null) {
          return in.readAllBytes();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return null;
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }
}
