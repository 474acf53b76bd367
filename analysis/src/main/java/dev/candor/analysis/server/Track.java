package dev.candor.analysis.server;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One figure of one page over time, in primitive arrays: a soak has tens of thousands of readings.
 *
 * <p>A counter that falls belongs to a server that started anew, and goes on from where it was:
 * what it had counted between the last reading and its end is lost. Between two readings values lie
 * on the straight line; readings that are too far apart have nothing between them, as the page was
 * silent.
 */
final class Track {
  private final boolean counter;
  private final long gapNanos;
  private long[] at = new long[64];
  private double[] values = new double[64];
  private int size;
  private double lastTold;

  /**
   * A level with its time-weighted mean, its highest reading, and for which share of the time it is
   * known.
   */
  record Level(double mean, double max, double known) {}

  /**
   * @param gapNanos how far apart readings may be to have something between them
   */
  Track(boolean counter, long gapNanos) {
    this.counter = counter;
    this.gapNanos = gapNanos;
  }

  /** Adds a reading, later than all before it. */
  void add(long nanos, double told) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    double value = told;
    if (counter && size > 0) {
      value = values[size - 1] + (told >= lastTold ? told - lastTold : told);
    }
    lastTold = told;
    at[size] = nanos;
    values[size] = value;
    size++;
  }

  int readings() {
    return size;
  }

  /** By how much a counter grew; before its first reading and after its last it did not. */
  double growth(long from, long to) {
    return size == 0 ? 0 : clamped(to) - clamped(from);
  }

  private double clamped(long nanos) {
    int next = next(nanos);
    if (next == 0) {
      return values[0];
    }
    return next == size ? values[size - 1] : between(next, nanos);
  }

  /** The value at an instant, null where the page was silent around it. */
  @Nullable Double value(long nanos) {
    int next = next(nanos);
    if (next < size && at[next] == nanos) {
      return values[next];
    }
    return next == 0 || next == size || at[next] - at[next - 1] > gapNanos
        ? null
        : Double.valueOf(between(next, nanos));
  }

  private double between(int next, long nanos) {
    double share = (double) (nanos - at[next - 1]) / (at[next] - at[next - 1]);
    return values[next - 1] + share * (values[next] - values[next - 1]);
  }

  /** Index of the first reading that is not before {@code nanos}. */
  private int next(long nanos) {
    int found = Arrays.binarySearch(at, 0, size, nanos);
    return found >= 0 ? found : -found - 1;
  }

  private LongStream readingsIn(long from, long to) {
    return Arrays.stream(at, next(from), next(to));
  }

  /**
   * The level of several tracks together from one instant to another: their sum, or for shares the
   * highest; null where it is not known at all.
   */
  static @Nullable Level level(List<Track> tracks, boolean share, long from, long to) {
    long[] readings =
        tracks.stream().flatMapToLong(track -> track.readingsIn(from, to)).sorted().toArray();
    // What lies between readings at the edges is half of what was before or came after.
    long[] edges = {from, to};
    double max =
        Arrays.stream(readings.length > 0 ? readings : edges)
            .mapToObj(at -> together(tracks, share, at))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    double area = 0;
    long known = 0;
    long last = from;
    for (long next : LongStream.concat(Arrays.stream(readings), LongStream.of(to)).toArray()) {
      // Between two instants each track is a straight line, or silent: its middle is its mean.
      Double mean = together(tracks, share, last + (next - last) / 2);
      area += mean == null ? 0 : mean * (next - last);
      known += mean == null ? 0 : next - last;
      last = next;
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return null;
    }
    return new Level(known == 0 ? max : area / known, max, (double) known / Math.max(1, to - from));
  }

  private static @Nullable Double together(List<Track> tracks, boolean share, long nanos) {
    Double together = null;
    for (Track track : tracks) {
      Double value = track.value(nanos);
      if (value != null) {
        double so = together == null ? 0 : together;
        together = share ? Math.max(so, value) : so + value;
      }
    }
    return together;
  }
}
