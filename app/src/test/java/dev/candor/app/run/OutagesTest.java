package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.saturation.SweepSearch;
import dev.candor.app.run.Outages.Verdict;
import dev.candor.base.stats.Distribution;
import dev.candor.record.RunInfo;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutagesTest {
  private static final long SECOND = 1_000_000_000;

  private final Outages outages =
      new Outages(
          new SweepSearch(
              new Sweep(
                  Sweep.Dimension.USERS,
                  1,
                  100,
                  0.05,
                  List.of(),
                  0,
                  new Distribution.Constant(0),
                  new ArrivalProcess.Poisson(),
                  new Sweep.Step(1, 1, 1, 1, 1, 1),
                  2,
                  null)));

  private Verdict fails(double level, double good) {
    return outages.failed(level, "9 of 9 attempts failed", good, false);
  }

  @Test
  void failed_once_isMeasuredAgainAfterAWhile_andAllIsWell() {
    assertThat(fails(40, 25)).isEqualTo(new Verdict.Again(40, 10 * SECOND));
    assertThat(outages.measured(40, true)).isNull();
    assertThat(fails(40, 25)).isEqualTo(new Verdict.Again(40, 10 * SECOND));
  }

  @Test
  void failed_thriceWhileLessIsWell_isTooMuch() {
    var _ = fails(40, 25);
    assertThat(fails(40, 25)).isEqualTo(new Verdict.Again(25, 20 * SECOND));
    assertThat(outages.measured(25, true)).isEqualTo(new Verdict.Again(40, 0));
    assertThat(fails(40, 25))
        .isInstanceOfSatisfying(
            Verdict.Bad.class, bad -> assertThat(bad.why()).contains("less load is answered"));
    // What comes next begins anew.
    assertThat(fails(32, 25)).isEqualTo(new Verdict.Again(32, 10 * SECOND));
  }

  @Test
  void failed_lessToo_getsTimeToRecover_andThenTheSweepEnds() {
    var _ = fails(40, 25);
    var _ = fails(40, 25);
    assertThat(fails(25, 25)).isEqualTo(new Verdict.Again(25, 20 * SECOND));
    assertThat(fails(25, 25)).isEqualTo(new Verdict.Again(25, 40 * SECOND));
    assertThat(fails(25, 25))
        .isInstanceOfSatisfying(
            Verdict.Stop.class,
            stop -> assertThat(stop.why()).contains("did not recover").contains("25 users"));
  }

  @Test
  void failed_lessRecovers_theFailingLevelIsTriedAgain() {
    var _ = fails(40, 25);
    var _ = fails(40, 25);
    var _ = fails(25, 25);
    assertThat(outages.measured(25, true)).isEqualTo(new Verdict.Again(40, 0));
    assertThat(outages.measured(40, true)).isNull();
  }

  @Test
  void measured_lessIsBadNow_theTargetHasChanged() {
    var _ = fails(40, 25);
    var _ = fails(40, 25);
    assertThat(outages.measured(25, false))
        .isInstanceOfSatisfying(
            Verdict.Stop.class,
            stop -> assertThat(stop.why()).contains("changed").contains("40 users"));
  }

  @Test
  void failed_atTheFirstLevel_fourTimes_endsTheSweep() {
    assertThat(fails(10, 0)).isEqualTo(new Verdict.Again(10, 10 * SECOND));
    assertThat(fails(10, 0)).isEqualTo(new Verdict.Again(10, 20 * SECOND));
    assertThat(fails(10, 0)).isEqualTo(new Verdict.Again(10, 40 * SECOND));
    assertThat(fails(10, 0)).isInstanceOf(Verdict.Stop.class);
  }

  @Test
  void failed_ofTheClient_isNeverTheTargetsLimit() {
    String why = "client-limited in 9 of 10 seconds";
    var _ = outages.failed(40, why, 25, true);
    var _ = outages.failed(40, why, 25, true);
    var _ = outages.measured(25, true);
    assertThat(outages.failed(40, why, 25, true))
        .isInstanceOfSatisfying(
            Verdict.Stop.class, stop -> assertThat(stop.why()).contains(RunInfo.CLIENT_LIMITED));
  }
}
