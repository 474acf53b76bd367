package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Publish;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code publish}. */
final class PublishReader {
  private static final long LEAST_EVERY_NANOS = 1_000_000_000;
  private static final long MOST_NANOS = 600_000_000_000L;
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Those that figures have anyway, or that Prometheus gives them. */
  private static final Set<String> OWN_LABELS =
      Set.of("run", "phase", "warmup", "class", "outcome", "le", "job", "instance", "currency");

  /** Those that the client of HTTP sets itself, or that say what the body is. */
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "expect", "content-type", "content-encoding", "user-agent");

  private final FileNames files;
  private final Function<@Nullable Value, Map<String, String>> headers;
  private final Problems problems;

  /**
   * @param headers reads headers, in which variables of the environment stand for secrets
   */
  PublishReader(
      FileNames files, Function<@Nullable Value, Map<String, String>> headers, Problems problems) {
    this.files = files;
    this.headers = headers;
    this.problems = problems;
  }

  Publish read(@Nullable Value value) {
    if (value == null) {
      return Publish.NONE;
    }
    Section section = new Section(value, problems, Keys.PUBLISH);
    return new Publish(
        page(section.get("prometheus")),
        remoteWrite(section.get("remote_write")),
        otlp(section.get("otlp")),
        influx(section.get("influx")),
        labels(section.get("labels")));
  }

  private Publish.@Nullable Page page(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    if (value.isText()) {
      int port = one(value, PublishText::port, 0);
      return new Publish.Page(port, Publish.Page.LINGER_NANOS);
    }
    Section section = new Section(value, problems, Keys.PROMETHEUS);
    if (!section.has("port")) {
      section.problem("port", "needs a port, such as 9464; 0 takes one that is free");
    }
    return new Publish.Page(
        section.read("port", 0, PublishText::port),
        section.read("linger", Publish.Page.LINGER_NANOS, PublishReader::linger));
  }

  private Publish.@Nullable Receiver remoteWrite(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    return value.isText() ? address(value) : receiver(new Section(value, problems, Keys.RECEIVER));
  }

  private Publish.@Nullable Otlp otlp(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    double spans = Publish.Otlp.SPANS;
    Publish.Receiver to;
    if (value.isText()) {
      to = address(value);
    } else {
      Section section = new Section(value, problems, Keys.OTLP);
      to = receiver(section);
      spans = section.read("spans", spans, Shares::parsePart);
    }
    return to == null ? null : new Publish.Otlp(to, spans);
  }

  private Publish.@Nullable Receiver address(Value value) {
    URI url = this.<@Nullable URI>one(value, TargetReader::url, null);
    return url == null ? null : new Publish.Receiver(url, Map.of(), Publish.Receiver.EVERY_NANOS);
  }

  private Publish.@Nullable Receiver receiver(Section section) {
    if (!section.has("url")) {
      section.problem("url", "needs url, the address that it is sent to");
    }
    URI url = section.<@Nullable URI>read("url", null, TargetReader::url);
    Map<String, String> given = headers(section);
    long every = every(section);
    return url == null ? null : new Publish.Receiver(url, given, every);
  }

  private Publish.@Nullable Influx influx(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    if (value.isText()) {
      return this.<Publish.@Nullable Influx>one(
          value, text -> PublishText.influx(text, files::any), null);
    }
    Section section = new Section(value, problems, Keys.INFLUX);
    if (section.has("file") == section.has("url")) {
      section.problem("url", "needs one of file and url");
    }
    long every = every(section);
    Map<String, String> given = headers(section);
    if (section.has("file")) {
      if (section.has("headers")) {
        section.problem("headers", "stands beside file, which has none");
      }
      Path file = section.<@Nullable Path>read("file", null, files::any);
      return file == null ? null : new Publish.Influx.Lines(file, every);
    }
    URI url = section.<@Nullable URI>read("url", null, TargetReader::url);
    return url == null ? null : new Publish.Influx.Server(new Publish.Receiver(url, given, every));
  }

  private Map<String, String> headers(Section section) {
    Map<String, String> given = headers.apply(section.get("headers"));
    for (String name : given.keySet()) {
      if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        section.problem("headers", "the header '%s' is Candor's to set".formatted(name));
      }
    }
    return given;
  }

  private Map<String, String> labels(@Nullable Value value) {
    Map<String, String> labels = new TreeMap<>();
    if (value == null) {
      return labels;
    }
    Map<String, Value> entries = value.map();
    if (entries == null) {
      problems.add(
          value.where(),
          "found %s, must be a mapping such as {team: search}".formatted(Section.kind(value)));
      return labels;
    }
    entries.forEach(
        (name, text) -> {
          if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
            problems.add(
                text.where(),
                "found '%s', must be a label's name: letters, digits and _".formatted(name));
          } else if (OWN_LABELS.contains(name)) {
            problems.add(text.where(), "the label '%s' is Candor's to set".formatted(name));
          } else if (!text.isText() || text.text().isBlank()) {
            problems.add(
                text.where(), "found %s, must be a single value".formatted(Section.kind(text)));
          } else {
            labels.put(name, text.text());
          }
        });
    return labels;
  }

  private static long every(Section section) {
    return section.read(
        "every",
        Publish.Receiver.EVERY_NANOS,
        text -> {
          long nanos = Durations.parseNanos(text);
          if (nanos < LEAST_EVERY_NANOS || nanos > MOST_NANOS) {
            throw CandorException.user("found %s, must be from 1s to 10m".formatted(text));
          }
          return nanos;
        });
  }

  private static long linger(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos < 0 || nanos > MOST_NANOS) {
      throw CandorException.user("found %s, must be from 0 to 10m".formatted(text));
    }
    return nanos;
  }

  private <T extends @Nullable Object> T one(Value value, Function<String, T> reader, T otherwise) {
    try {
      return reader.apply(value.text());
    } catch (CandorException e) {
      problems.add(value.where(), String.valueOf(e.getMessage()));
      return otherwise;
    }
  }
}
