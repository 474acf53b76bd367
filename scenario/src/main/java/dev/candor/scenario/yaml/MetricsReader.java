package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.MetricsPages;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code target.metrics}: {@code true}, {@code false}, or which pages, and how often. */
final class MetricsReader {
  private static final long LEAST_NANOS = 100_000_000;
  private static final long MOST_NANOS = 60_000_000_000L;

  private final Problems problems;

  MetricsReader(Problems problems) {
    this.problems = problems;
  }

  MetricsPages read(@Nullable Value value) {
    MetricsPages normal = MetricsPages.DEFAULT;
    if (value == null) {
      return normal;
    }
    if (value.isText()) {
      if (!value.text().equals("true") && !value.text().equals("false")) {
        problems.add(
            value.where(),
            "found %s, must be true, false or a mapping with %s"
                .formatted(Section.kind(value), Keys.METRICS));
      }
      return new MetricsPages(!value.text().equals("false"), List.of(), normal.everyNanos(), false);
    }
    Section section = new Section(value, problems, Keys.METRICS);
    List<URI> urls = new ArrayList<>();
    List<Value> items = section.items("urls", "addresses of pages");
    for (Value item : items) {
      try {
        URI url = TargetReader.url(item.text());
        if (url.getPath() == null || url.getPath().length() < 2) {
          throw CandorException.user(
              "found '%s', must be the address of a page such as %s"
                  .formatted(item.text(), url.resolve("/metrics")));
        }
        urls.add(url);
      } catch (CandorException e) {
        problems.add(item.where(), String.valueOf(e.getMessage()));
      }
    }
    Value listed = section.get("urls");
    if (listed != null && listed.list() != null && items.isEmpty()) {
      section.problem("urls", "is empty, must be a list of pages; metrics: false reads none");
    }
    return new MetricsPages(
        true,
        urls,
        section.read("every", normal.everyNanos(), MetricsReader::every),
        section.bool("auth", false));
  }

  private static long every(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos < LEAST_NANOS || nanos > MOST_NANOS) {
      throw CandorException.user("found %s, must be from 100ms to 1m".formatted(text));
    }
    return nanos;
  }

  /** What {@link #read} reads back to the same. */
  static Object entries(MetricsPages pages) {
    if (!pages.read()) {
      return false;
    }
    Map<String, Object> section = new LinkedHashMap<>();
    if (!pages.urls().isEmpty()) {
      section.put("urls", pages.urls().stream().map(URI::toString).toList());
    }
    section.put("every", QuantityText.nanos(pages.everyNanos()));
    section.put("auth", pages.auth());
    return section;
  }
}
