package dev.candor.scenario.yaml;

import dev.candor.scenario.Publish;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Where figures go, as entries that {@link PublishReader} reads back, but for headers. */
final class PublishYaml {
  private PublishYaml() {}

  static Map<String, Object> entries(Publish publish) {
    Map<String, Object> section = new LinkedHashMap<>();
    Publish.Page page = publish.prometheus();
    if (page != null) {
      Map<String, Object> entries = new LinkedHashMap<>();
      entries.put("port", page.port());
      entries.put("linger", QuantityText.nanos(page.lingerNanos()));
      section.put("prometheus", entries);
    }
    if (publish.remoteWrite() != null) {
      section.put("remote_write", receiver(publish.remoteWrite()));
    }
    Publish.Otlp otlp = publish.otlp();
    if (otlp != null) {
      Map<String, Object> entries = receiver(otlp.to());
      entries.put("spans", otlp.spans());
      section.put("otlp", entries);
    }
    switch (publish.influx()) {
      case null -> {}
      case Publish.Influx.Server(Publish.Receiver to) -> section.put("influx", receiver(to));
      case Publish.Influx.Lines lines -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("file", lines.file().toString());
        entries.put("every", QuantityText.nanos(lines.everyNanos()));
        section.put("influx", entries);
      }
    }
    if (!publish.labels().isEmpty()) {
      section.put("labels", new TreeMap<>(publish.labels()));
    }
    return section;
  }

  private static Map<String, Object> receiver(Publish.Receiver receiver) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("url", receiver.url().toString());
    if (!receiver.headers().isEmpty()) {
      entries.put("headers", ResolvedYaml.hidden(receiver.headers()));
    }
    entries.put("every", QuantityText.nanos(receiver.everyNanos()));
    return entries;
  }
}
