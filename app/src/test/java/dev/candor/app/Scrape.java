package dev.candor.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page in Prometheus's text format, series by series. */
record Scrape(Map<String, Double> series) {
  private static final Pattern LINE = Pattern.compile("([a-z0-9_]+(?:\\{.*})?) (\\S+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** That of {@code url}; null where nobody answers. */
  static @Nullable Scrape of(String url) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return parse(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return null;
    }
  }

  static Scrape parse(String page) {
    Map<String, Double> series = new TreeMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              Matcher matcher = LINE.matcher(line);
              if (!matcher.matches()) {
                throw new AssertionError("not a sample: " + line);
              }
              series.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
            });
    return new Scrape(series);
  }

  /** The sum of all series of {@code name} that have all of {@code labels}, such as a="b". */
  double sum(String name, String... labels) {
    return series.entrySet().stream()
        .filter(each -> each.getKey().startsWith(name + "{"))
        .filter(each -> Arrays.stream(labels).allMatch(each.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
