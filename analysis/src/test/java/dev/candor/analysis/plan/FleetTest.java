package dev.candor.analysis.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a need to a fleet: headroom, what may be lost, the day. */
final class FleetTest {
  private static final Estimate NEED = new Estimate(6.2, 6.7, 7.4);

  @Test
  void fleet_headroom_isRoundedUpOnce() {
    FleetSize fleet = FleetSize.of(NEED, 1.5, new Spare.Replicas(1));

    assertThat(fleet.base()).isEqualTo(new ReplicaCount(7, 7, 8));
    // ⌈6.7 × 1.5⌉, and not ⌈6.7⌉ × 1.5.
    assertThat(fleet.byHeadroom()).isEqualTo(new ReplicaCount(10, 11, 12));
    assertThat(fleet.replicas()).isEqualTo(new ReplicaCount(10, 11, 12));
    assertThat(fleet.decidedBy()).isEqualTo("headroom");
  }

  @Test
  void fleet_smallOne_theSpareDecides() {
    FleetSize fleet = FleetSize.of(Estimate.exact(0.9), 1, new Spare.Replicas(1));

    assertThat(fleet.replicas().likely()).isEqualTo(2);
    assertThat(fleet.decidedBy()).isEqualTo("N+1");
  }

  @ParameterizedTest
  @CsvSource({"7,2,14", "7,3,11", "4,3,6", "1,3,2", "8,4,11", "10,3,15"})
  void zone_lost_theBaseIsLeft(int base, int zones, int fleet) {
    Spare spare = new Spare.Zone(zones);

    assertThat(spare.fleet(base)).isEqualTo(fleet);
    assertThat(fleet - spare.lost(fleet)).isGreaterThanOrEqualTo(base);
    assertThat(fleet - 1 - spare.lost(fleet - 1)).isLessThan(base);
  }

  @Test
  void day_flat_scalingSavesNothing() {
    DailyFleet day = DailyFleet.of(Collections.nCopies(24, 3.0), 6, 1.5, new Spare.None(), 9, 300);

    assertThat(day.meanLevel()).isCloseTo(1, within(1e-9));
    assertThat(day.scaledHours()).isEqualTo(day.staticHours()).isEqualTo(9 * 24);
  }

  @Test
  void day_oneHourOfPeak_replicasAreThereBeforeIt() {
    List<Double> hours = new ArrayList<>(Collections.nCopies(24, 0.1));
    hours.set(12, 1.0);
    DailyFleet slow = DailyFleet.of(hours, 10, 1, new Spare.None(), 10, 1800);
    DailyFleet quick = DailyFleet.of(hours, 10, 1, new Spare.None(), 10, 0);

    assertThat(slow.points()).allMatch(point -> point.fleet() >= point.needed() - 1e-9);
    // Half an hour ahead of noon all ten are wanted, of a delay of none at noon alone.
    assertThat(fleetAt(slow, 11.5)).isEqualTo(10);
    assertThat(fleetAt(quick, 11.5)).isEqualTo(6);
    assertThat(fleetAt(quick, 12)).isEqualTo(10);
    assertThat(slow.scaledHours()).isGreaterThan(quick.scaledHours());
    assertThat(slow.scaledHours()).isLessThan(0.3 * slow.staticHours());
  }

  private static int fleetAt(DailyFleet day, double hour) {
    return day.points().get((int) Math.round(hour * 12)).fleet();
  }
}
