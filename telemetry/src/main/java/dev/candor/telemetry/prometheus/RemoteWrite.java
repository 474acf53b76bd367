package dev.candor.telemetry.prometheus;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import dev.candor.telemetry.push.HttpPush;
import dev.candor.telemetry.push.Push;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus's remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): every
 * series with its value as it stands. For one thread.
 */
public final class RemoteWrite implements Push {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf",
          "Content-Encoding", "snappy",
          "User-Agent", "candor",
          "X-Prometheus-Remote-Write-Version", "0.1.0");

  /** What Prometheus would label a page of its own reading with. */
  private static final String JOB = "candor";

  private final HttpPush to;
  private final String run;

  /**
   * @param run which instance of the job it is
   */
  public RemoteWrite(HttpPush to, String run) {
    this.to = to;
    this.run = run;
  }

  @Override
  public String name() {
    return "remote write to " + to.address();
  }

  @Override
  public void send(Figures figures) throws IOException, InterruptedException {
    to.post(SnappyBlock.of(request(figures, run)), HEADERS);
  }

  /** The message {@code prometheus.WriteRequest}. */
  static byte[] request(Figures figures, String run) {
    Protobuf request = new Protobuf();
    long at = figures.at().toEpochMilli();
    for (Family family : figures.families()) {
      for (Sample sample : family.samples()) {
        switch (sample) {
          case Sample.Plain plain ->
              add(request, family.name(), plain.labels(), run, plain.value(), at);
          case Sample.Buckets buckets -> addBuckets(request, family.name(), buckets, run, at);
        }
      }
    }
    return request.bytes();
  }

  private static void addBuckets(
      Protobuf request, String name, Sample.Buckets sample, String run, long at) {
    TreeMap<String, String> labels = new TreeMap<>(sample.labels());
    long below = 0;
    for (int i = 0; i < sample.counts().length; i++) {
      below += sample.counts()[i];
      labels.put(
          "le",
          i < sample.boundsSeconds().length ? Double.toString(sample.boundsSeconds()[i]) : "+Inf");
      add(request, name + "_bucket", labels, run, below, at);
    }
    add(request, name + "_sum", sample.labels(), run, sample.sumSeconds(), at);
    add(request, name + "_count", sample.labels(), run, below, at);
  }

  private static void add(
      Protobuf request,
      String name,
      Map<String, String> labels,
      String run,
      double value,
      long at) {
    // In the order of names, as the receiver wants them.
    TreeMap<String, String> all = new TreeMap<>(labels);
    all.put("__name__", name);
    all.put("job", JOB);
    all.put("instance", run);
    Protobuf series = new Protobuf();
    all.forEach((label, text) -> series.message(1, new Protobuf().text(1, label).text(2, text)));
    series.message(2, new Protobuf().number(1, value).integer(2, at));
    request.message(1, series);
  }
}
