package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Section;
import dev.candor.scenario.Publish;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a single value says of where a run's figures go: in a scenario, and as a flag. */
public final class PublishText {
  private static final int MOST_PORTS = 0xFFFF;

  private PublishText() {}

  /**
   * What flags say, in place of what {@code otherwise} has of the same.
   *
   * @throws dev.candor.base.error.CandorException for a flag that is wrong, by its name
   */
  public static Publish withFlags(
      Publish otherwise,
      @Nullable String prometheus,
      @Nullable String remoteWrite,
      @Nullable String otlp,
      @Nullable String influx) {
    Publish.Page page = otherwise.prometheus();
    Publish.Receiver receiver = otherwise.remoteWrite();
    Publish.Otlp spans = otherwise.otlp();
    Publish.Influx lines = otherwise.influx();
    if (prometheus != null) {
      int port = FlagReader.given("--prometheus", prometheus, PublishText::port);
      page = new Publish.Page(port, page == null ? Publish.Page.LINGER_NANOS : page.lingerNanos());
    }
    if (remoteWrite != null) {
      receiver = receiver("--remote-write", remoteWrite);
    }
    if (otlp != null) {
      double share = spans == null ? Publish.Otlp.SPANS : spans.spans();
      spans = new Publish.Otlp(receiver("--otlp", otlp), share);
    }
    if (influx != null) {
      lines = FlagReader.given("--influx", influx, text -> influx(text, FileNames::path));
    }
    return new Publish(page, receiver, spans, lines, otherwise.labels());
  }

  /** An address of a flag has none of the headers that the scenario has for its own. */
  private static Publish.Receiver receiver(String flag, String text) {
    return new Publish.Receiver(
        FlagReader.given(flag, text, TargetReader::url), Map.of(), Publish.Receiver.EVERY_NANOS);
  }

  static int port(String text) {
    return (int) Section.wholeNumber(text, 0, MOST_PORTS);
  }

  static Publish.Influx influx(String text, Function<String, Path> files) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Publish.Influx.Server(
          new Publish.Receiver(TargetReader.url(text), Map.of(), Publish.Receiver.EVERY_NANOS));
    }
    return new Publish.Influx.Lines(files.apply(text), Publish.Receiver.EVERY_NANOS);
  }
}
