package dev.candor.telemetry.lines;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.AttemptFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A finished run as line protocol: its seconds ({@code candor_window}), and its attempts ({@code
 * candor_attempt}) at the instants of their intent. Times are in milliseconds, as in summary.json.
 */
public final class RunLines {
  private final RunReader reader;
  private final Map<String, String> run;
  private final long start;

  /**
   * @param name by which the run is told from others
   */
  public RunLines(RunReader reader, String name) {
    RunInfo info = reader.info();
    this.reader = reader;
    this.run = Map.of("run", name, "scenario", info.scenario(), "model", info.model());
    this.start = LineProtocol.nanos(info.start());
  }

  /**
   * Writes all of it.
   *
   * @return lines
   * @throws UncheckedIOException where it cannot be written
   */
  public long write(Writer to) {
    Lines lines = new Lines(to);
    Map<Integer, Map<String, Map<String, Number>>> seconds = new TreeMap<>();
    reader.forEachWindow(
        value ->
            seconds
                .computeIfAbsent(value.second(), second -> new TreeMap<>())
                .computeIfAbsent(value.phase(), phase -> new TreeMap<>())
                .put(value.metric(), value.value()));
    seconds.forEach(
        (second, phases) ->
            phases.forEach(
                (phase, fields) ->
                    lines.add(
                        "candor_window",
                        Map.of("phase", phase),
                        fields,
                        start + second * 1_000_000_000L)));
    reader.forEachAttempt(attempt -> add(lines, attempt));
    return lines.count;
  }

  private void add(Lines lines, AttemptRecord a) {
    Map<String, Number> fields = new LinkedHashMap<>();
    fields.put("request", a.request());
    fields.put("attempt", a.attempt());
    if (a.sent() != NONE) {
      put(fields, "ttft", a.first(), a.sent());
      put(fields, "e2e", a.end(), a.sent());
      put(fields, "lateness", a.sent(), a.intended());
    }
    Double itl = AttemptFigures.meanItl(a);
    if (itl != null) {
      fields.put("itl_mean", itl / 1e6);
    }
    if (a.inputTokens() != NONE) {
      fields.put("input_tokens", a.inputTokens());
    }
    if (a.outputTokens() != NONE) {
      fields.put("output_tokens", a.outputTokens());
    }
    Map<String, String> tags =
        Map.of(
            "phase", reader.info().phases().get(a.phase()).name(),
            "class", a.requestClass(),
            "outcome", a.outcome().key());
    lines.add("candor_attempt", tags, fields, start + a.intended());
  }

  private static void put(Map<String, Number> fields, String name, long to, long from) {
    if (to != NONE) {
      fields.put(name, (to - from) / 1e6);
    }
  }

  private final class Lines {
    private final Writer to;
    private long count;

    Lines(Writer to) {
      this.to = to;
    }

    void add(String measurement, Map<String, String> tags, Map<String, Number> fields, long nanos) {
      Map<String, String> all = new TreeMap<>(run);
      all.putAll(tags);
      StringBuilder line = new StringBuilder();
      LineProtocol.append(line, measurement, all, fields, nanos);
      try {
        to.append(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      count++;
    }
  }
}
