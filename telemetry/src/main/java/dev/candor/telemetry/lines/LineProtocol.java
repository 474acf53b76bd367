package dev.candor.telemetry.lines;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * InfluxDB's line protocol
 * (https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/): a measurement, its
 * tags, its fields, nanoseconds since 1970. Pure functions.
 */
final class LineProtocol {
  private LineProtocol() {}

  /** All of {@code figures}: a histogram is a measurement of a field a bucket, sum and count. */
  static String of(Figures figures) {
    StringBuilder lines = new StringBuilder();
    for (Family family : figures.families()) {
      for (Sample sample : family.samples()) {
        append(lines, family.name(), sample.labels(), fields(sample), nanos(figures.at()));
      }
    }
    return lines.toString();
  }

  private static Map<String, Number> fields(Sample sample) {
    Map<String, Number> fields = new LinkedHashMap<>();
    switch (sample) {
      case Sample.Plain plain -> fields.put("value", plain.value());
      case Sample.Buckets buckets -> {
        long below = 0;
        for (int i = 0; i < buckets.boundsSeconds().length; i++) {
          below += buckets.counts()[i];
          fields.put(Double.toString(buckets.boundsSeconds()[i]), (double) below);
        }
        fields.put("+Inf", (double) buckets.count());
        fields.put("sum", buckets.sumSeconds());
        fields.put("count", (double) buckets.count());
      }
    }
    return fields;
  }

  /**
   * One line; none where it would have no field.
   *
   * @param tags whose empty values are left out, as the protocol has none
   */
  static void append(
      StringBuilder to,
      String measurement,
      Map<String, String> tags,
      Map<String, Number> fields,
      long nanos) {
    if (fields.isEmpty()) {
      return;
    }
    to.append(escaped(measurement, ", "));
    new TreeMap<>(tags)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                to.append(',').append(escaped(name, ",= ")).append('=');
                to.append(escaped(value, ",= "));
              }
            });
    char before = ' ';
    for (Map.Entry<String, Number> field : fields.entrySet()) {
      to.append(before).append(escaped(field.getKey(), ",= ")).append('=');
      to.append(number(field.getValue()));
      before = ',';
    }
    to.append(' ').append(nanos).append('\n');
  }

  static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000 + at.getNano();
  }

  private static String number(Number value) {
    return value instanceof Long || value instanceof Integer ? value + "i" : value.toString();
  }

  /** No line break is left, and no backslash that would escape what follows. */
  private static String escaped(String text, String special) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point < ' ' || point == '\\') {
                result.append(point == '\\' ? '/' : '_');
              } else {
                if (special.indexOf(point) >= 0) {
                  result.append('\\');
                }
                result.appendCodePoint(point);
              }
            });
    return result.toString();
  }
}
