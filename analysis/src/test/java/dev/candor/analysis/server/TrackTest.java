package dev.candor.analysis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Readings at instants of 1 to 10 units, where five are too far apart. */
final class TrackTest {
  private static final long UNIT = 1000;

  private static Track.@Nullable Level level(List<Track> tracks, boolean share, int from, int to) {
    return Track.level(tracks, share, from * UNIT, to * UNIT);
  }

  private static Track track(boolean counter, double... instantsAndValues) {
    Track track = new Track(counter, 4 * UNIT);
    for (int i = 0; i < instantsAndValues.length; i += 2) {
      track.add(((long) instantsAndValues[i]) * UNIT, instantsAndValues[i + 1]);
    }
    return track;
  }

  @Test
  void growth_isOnTheLineBetweenReadings_andNothingOutsideThem() {
    Track track = track(true, 2, 100, 4, 200);
    assertThat(track.growth(2 * UNIT, 4 * UNIT)).isEqualTo(100);
    assertThat(track.growth(3 * UNIT, 4 * UNIT)).isEqualTo(50);
    assertThat(track.growth(0 * UNIT, 10 * UNIT)).isEqualTo(100);
    assertThat(track(true).growth(0 * UNIT, 10 * UNIT)).isZero();
  }

  @Test
  void counterThatFalls_wentOnFromZero() {
    assertThat(track(true, 1, 1000, 2, 1010, 3, 7, 4, 9).growth(1 * UNIT, 4 * UNIT)).isEqualTo(19);
  }

  @Test
  void level_isWeightedByTime_andHasTheHighestReading() {
    Track.Level level =
        Objects.requireNonNull(level(List.of(track(false, 0, 0, 1, 10, 4, 10)), false, 0, 4));
    assertThat(level.mean()).isCloseTo(35.0 / 4, within(1e-9));
    assertThat(level.max()).isEqualTo(10);
    assertThat(level.known()).isEqualTo(1);
  }

  @Test
  void level_highestIsAReading_notWhatLiesBetweenItAndTheNextPhases() {
    List<Track> tracks = List.of(track(false, 0, 8, 1, 2, 2, 2, 5, 9));
    assertThat(Objects.requireNonNull(level(tracks, false, 1, 4)).max()).isEqualTo(2);
    assertThat(Objects.requireNonNull(level(tracks, false, 3, 4)).max()).isGreaterThan(4);
  }

  @Test
  void level_ofSilence_isUnknown() {
    List<Track> silent = List.of(track(false, 0, 10, 1, 10, 9, 50, 10, 50));
    Track.Level level = Objects.requireNonNull(level(silent, false, 0, 10));
    assertThat(level.mean()).isEqualTo(30);
    assertThat(level.known()).isCloseTo(0.2, within(1e-9));
    assertThat(level(silent, false, 2, 8)).isNull();
    assertThat(level(List.of(), false, 0, 8)).isNull();
  }

  @Test
  void level_ofSeveral_addsUp_andOfSharesIsTheHighest() {
    List<Track> two = List.of(track(false, 0, 1, 4, 1), track(false, 1, 3, 3, 3));
    Track.Level sum = Objects.requireNonNull(level(two, false, 1, 3));
    assertThat(sum.mean()).isEqualTo(4);
    assertThat(Objects.requireNonNull(level(two, true, 1, 3)).mean()).isEqualTo(3);
    assertThat(sum.max()).isEqualTo(4);
  }

  @Test
  void bucketCounter_isATrackAtItsInstants() {
    RandomGenerator random = new Seed(7).derive("buckets").stream();
    for (int round = 0; round < 200; round++) {
      long[] instants = random.longs(4, 0, 30).sorted().distinct().toArray();
      BucketCounter bucket = new BucketCounter(instants);
      Track track = new Track(true, Long.MAX_VALUE);
      double count = random.nextInt(9);
      for (long at = random.nextInt(6); at < 25; at += 1 + random.nextInt(6)) {
        count = random.nextInt(5) == 0 ? random.nextInt(3) : count + random.nextInt(9);
        bucket.add(at, count);
        track.add(at, count);
      }
      for (long from : instants) {
        for (long to : instants) {
          assertThat(bucket.growth(from, to))
              .as("seed 7, round %d, %d to %d", round, from, to)
              .isCloseTo(track.growth(from, to), within(1e-9));
        }
      }
    }
  }
}
