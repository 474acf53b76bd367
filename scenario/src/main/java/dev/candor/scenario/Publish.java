package dev.candor.scenario;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's figures go while it lasts, as {@code publish} says; null is nowhere.
 *
 * @param prometheus a page on loopback for Prometheus to read
 * @param remoteWrite a receiver of Prometheus's remote write
 * @param otlp a receiver of OpenTelemetry
 * @param influx takes line protocol
 * @param labels that the user gives all of it
 */
public record Publish(
    @Nullable Page prometheus,
    @Nullable Receiver remoteWrite,
    @Nullable Otlp otlp,
    @Nullable Influx influx,
    Map<String, String> labels) {

  /** Nowhere. */
  public static final Publish NONE = new Publish(null, null, null, null, Map.of());

  public Publish {
    labels = Map.copyOf(labels);
  }

  /** Whether it goes anywhere. */
  public boolean anywhere() {
    return prometheus != null || remoteWrite != null || otlp != null || influx != null;
  }

  /**
   * A page that others read.
   *
   * @param port on loopback; 0: one that is free
   * @param lingerNanos how long it is there after the run's end at most, for one last reading
   */
  public record Page(int port, long lingerNanos) {
    public static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(20);
  }

  /**
   * An address that figures are sent to.
   *
   * @param headers of each request, secrets among them
   * @param everyNanos how often
   */
  public record Receiver(URI url, Map<String, String> headers, long everyNanos) {
    public static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    public Receiver {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * OpenTelemetry by OTLP over HTTP.
   *
   * @param to its base address, such as http://127.0.0.1:4318
   * @param spans share of the requests that have spans, 0 to 1
   */
  public record Otlp(Receiver to, double spans) {
    public static final double SPANS = 0.01;
  }

  /** InfluxDB's line protocol. */
  public sealed interface Influx {

    /** Appended to a file. */
    record Lines(Path file, long everyNanos) implements Influx {}

    /** Sent to an address that takes lines, its query and all. */
    record Server(Receiver to) implements Influx {}
  }
}
