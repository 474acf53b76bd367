package dev.candor.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What pages are made with: report.html has it inside, the dashboard serves it. */
public final class PageAssets {
  /** The parts of pictures.js, one idea each, in the order in which they are put together. */
  private static final List<String> PARTS =
      List.of(
          "numbers.js",
          "theme.js",
          "axes.js",
          "spans.js",
          "lines.js",
          "heat.js",
          "waterfall.js",
          "points.js",
          "bars.js",
          "data.js",
          "key.js",
          "export.js",
          "walk.js",
          "print.js",
          "figure.js");

  private PageAssets() {}

  /** The house's stylesheet. */
  public static String styles() {
    return text("house.css");
  }

  /** The chart library, as its makers minified it. */
  public static String charts() {
    return text("echarts.min.js");
  }

  /** What draws pictures: its parts in one scope, so that only {@code window.candor} is seen. */
  public static String pictures() {
    return PARTS.stream()
        .map(part -> text("pictures/" + part))
        .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "})();\n"));
  }

  private static String text(String name) {
    try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
