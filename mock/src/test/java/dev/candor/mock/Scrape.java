package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} told once, in Prometheus' text format. Every line must be one that it
 * allows.
 */
record Scrape(Map<String, String> types, List<Sample> samples) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");

  record Sample(String name, Map<String, String> labels, double value) {
    boolean has(Map<String, String> wanted) {
      return labels.entrySet().containsAll(wanted.entrySet());
    }
  }

  static Scrape of(String text) {
    Map<String, String> types = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        assertThat(types.put(type.group(1), type.group(2))).as("told twice: %s", line).isNull();
      } else if (!line.startsWith("#") && !line.isBlank()) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        samples.add(
            new Sample(
                sample.group(1), labels(sample.group(2)), Double.parseDouble(value(sample))));
      }
    }
    return new Scrape(types, samples);
  }

  private static String value(Matcher sample) {
    return sample.group(3).replace("+Inf", "Infinity");
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    int end = 0;
    for (Matcher label = LABEL.matcher(text == null ? "" : text); label.find(); end = label.end()) {
      assertThat(label.start()).as(text).isEqualTo(end);
      labels.put(label.group(1), label.group(2));
    }
    assertThat(end).as(text).isEqualTo(text == null ? 0 : text.length());
    return labels;
  }

  /** Those of one name that have these labels. */
  List<Sample> all(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.has(labels))
        .toList();
  }

  /** The sum over all that have these labels; there must be one. */
  double value(String name, Map<String, String> labels) {
    List<Sample> all = all(name, labels);
    assertThat(all).as(name).isNotEmpty();
    return all.stream().mapToDouble(Sample::value).sum();
  }

  double value(String name) {
    return value(name, Map.of());
  }

  /** A histogram's cumulative counts by upper bound, summed over those with these labels. */
  Map<Double, Double> buckets(String name, Map<String, String> labels) {
    Map<Double, Double> buckets = new TreeMap<>();
    for (Sample sample : all(name + "_bucket", labels)) {
      String bound = String.valueOf(sample.labels().get("le")).replace("+Inf", "Infinity");
      buckets.merge(Double.valueOf(bound), sample.value(), Double::sum);
    }
    return buckets;
  }
}
