package dev.candor.analysis.server;

import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerMetric.Kind;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All that pages told in a run, from samples in the order of time. Memory goes by the readings, 16
 * bytes a figure; of buckets only the counts at the phases' ends are kept.
 */
public final class ServerRecords {
  /** Readings that are further apart have nothing between them, or three times what was asked. */
  private static final long LEAST_GAP = 5_000_000_000L;

  private final Map<ServerMetric, Map<Integer, Track>> tracks = new EnumMap<>(ServerMetric.class);
  private final Map<ServerMetric, Map<Integer, NavigableMap<Double, BucketCounter>>> buckets =
      new EnumMap<>(ServerMetric.class);
  private final TreeSet<Integer> pages = new TreeSet<>();
  private final List<RunInfo.Gap> dead;
  private final long gapNanos;
  private final long[] instants;

  /**
   * @param phases whose beginnings and ends will be asked for
   * @param everyNanos how often pages were read
   */
  public ServerRecords(Collection<PhaseRecord> phases, long everyNanos) {
    this(phases, everyNanos, List.of());
  }

  /**
   * As above.
   *
   * @param dead in which the run's process was dead, and the server had nothing of it
   */
  public ServerRecords(Collection<PhaseRecord> phases, long everyNanos, List<RunInfo.Gap> dead) {
    this.dead = List.copyOf(dead);
    gapNanos = Math.max(LEAST_GAP, 3 * everyNanos);
    instants =
        phases.stream()
            .flatMapToLong(phase -> LongStream.of(phase.startNanos(), phase.endNanos()))
            .sorted()
            .distinct()
            .toArray();
  }

  /** Takes the next sample. */
  public void add(ServerSample sample) {
    if (sample.part() != null) {
      return;
    }
    pages.add(sample.target());
    Double le = sample.le();
    if (le != null) {
      buckets
          .computeIfAbsent(sample.metric(), any -> new TreeMap<>())
          .computeIfAbsent(sample.target(), any -> new TreeMap<>())
          .computeIfAbsent(le, any -> new BucketCounter(instants))
          .add(sample.atNanos(), sample.value());
    }
    if (le == null || le.isInfinite()) {
      Kind kind = sample.metric().kind();
      tracks
          .computeIfAbsent(sample.metric(), any -> new TreeMap<>())
          .computeIfAbsent(
              sample.target(),
              any -> new Track(kind == Kind.COUNTER || kind == Kind.BUCKET, gapNanos))
          .add(sample.atNanos(), sample.value());
    }
  }

  /** How long the phases lasted, without the time in which the run's process was dead. */
  double seconds(Collection<PhaseRecord> phases) {
    return phases.stream()
            .mapToLong(phase -> RunInfo.Gap.activeNanos(dead, phase.startNanos(), phase.endNanos()))
            .sum()
        / 1e9;
  }

  /** Numbers of the pages that told anything, in order. */
  Collection<Integer> pages() {
    return pages;
  }

  /** The tracks of a figure; of one page, or where that is null of all. */
  List<Track> tracks(ServerMetric metric, @Nullable Integer page) {
    Map<Integer, Track> own = tracks.getOrDefault(metric, Map.of());
    if (page == null) {
      return List.copyOf(own.values());
    }
    Track track = own.get(page);
    return track == null ? List.of() : List.of(track);
  }

  /** By how much a counter grew in the phases; null where no page tells it. */
  @Nullable Double growth(
      ServerMetric metric, @Nullable Integer page, Collection<PhaseRecord> phases) {
    List<Track> own = tracks(metric, page);
    if (own.isEmpty()) {
      return null;
    }
    double growth = 0;
    for (PhaseRecord phase : phases) {
      for (Track track : own) {
        growth += track.growth(phase.startNanos(), phase.endNanos());
      }
    }
    return growth;
  }

  /** Prompt tokens found of those looked up, over all pages; null where that is not known. */
  public @Nullable Double hitRate(Collection<PhaseRecord> phases) {
    return hitRate(null, phases);
  }

  @Nullable Double hitRate(@Nullable Integer page, Collection<PhaseRecord> phases) {
    Double found = growth(ServerMetric.PREFIX_HITS, page, phases);
    Double asked = growth(ServerMetric.PREFIX_QUERIES, page, phases);
    return found == null || asked == null || asked <= 0 ? null : Double.valueOf(found / asked);
  }

  /** A latency in the phases; null where no page tells it, or pages differ in their buckets. */
  @Nullable ServerHistogram histogram(
      ServerMetric bucket,
      ServerMetric sum,
      @Nullable Integer page,
      Collection<PhaseRecord> phases) {
    ServerHistogram together = null;
    for (Map.Entry<Integer, NavigableMap<Double, BucketCounter>> each :
        buckets.getOrDefault(bucket, Map.of()).entrySet()) {
      if (page == null || page.equals(each.getKey())) {
        ServerHistogram own =
            new ServerHistogram(
                growth(each.getValue(), phases), growth(sum, each.getKey(), phases));
        ServerHistogram both = together == null ? own : ServerHistogram.sum(together, own);
        if (both == null) {
          return null;
        }
        together = both;
      }
    }
    return together;
  }

  private static NavigableMap<Double, Double> growth(
      NavigableMap<Double, BucketCounter> counters, Collection<PhaseRecord> phases) {
    NavigableMap<Double, Double> growth = new TreeMap<>();
    for (PhaseRecord phase : phases) {
      counters.forEach(
          (le, counter) ->
              growth.merge(le, counter.growth(phase.startNanos(), phase.endNanos()), Double::sum));
    }
    return growth;
  }

  /** The level over the phases together; null where it is not known in any. */
  ServerSide.@Nullable Level level(
      ServerMetric metric, @Nullable Integer page, Collection<PhaseRecord> phases) {
    List<Track> own = tracks(metric, page);
    double weighted = 0;
    double length = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (PhaseRecord phase : phases) {
      Track.Level level =
          Track.level(own, metric.kind() == Kind.SHARE, phase.startNanos(), phase.endNanos());
      if (level != null) {
        double known = Math.max(1, level.known() * (phase.endNanos() - phase.startNanos()));
        weighted += level.mean() * known;
        length += known;
        max = Math.max(max, level.max());
      }
    }
    return length == 0 ? null : new ServerSide.Level(weighted / length, max);
  }

  /** Power times time; null where power was not known for nine tenths of it. */
  @Nullable Double energy(@Nullable Integer page, Collection<PhaseRecord> phases) {
    List<Track> own = tracks(ServerMetric.GPU_POWER, page);
    double joules = 0;
    for (PhaseRecord phase : phases) {
      Track.Level level = Track.level(own, false, phase.startNanos(), phase.endNanos());
      if (level == null || level.known() < 0.9) {
        return null;
      }
      joules += level.mean() * (phase.endNanos() - phase.startNanos()) / 1e9;
    }
    return joules;
  }

  /**
   * What it says of {@code phases}, which the client saw as {@code clients} has it, in order;
   * {@code overall} is of those that stand for the run, {@code together}.
   */
  public @Nullable ServerSide side(
      List<String> addresses,
      List<PhaseRecord> phases,
      List<ServerSide.ClientSide> clients,
      Collection<PhaseRecord> together,
      ServerSide.ClientSide overall) {
    if (pages.isEmpty()) {
      return null;
    }
    PhaseSide sides = new PhaseSide(this, addresses);
    List<ServerSide.Phase> each = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      each.add(sides.of(List.of(phases.get(i)), Objects.requireNonNull(clients.get(i))));
    }
    return new ServerSide(sides.names(), each, sides.of(together, overall));
  }
}
