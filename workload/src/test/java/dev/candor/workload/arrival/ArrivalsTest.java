package dev.candor.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.ArrivalProcess.Point;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.hipparchus.distribution.RealDistribution;
import org.hipparchus.distribution.continuous.ExponentialDistribution;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.hipparchus.distribution.continuous.UniformRealDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every arrival process, and what each is. */
final class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ArrivalProcess CONSTANT = new ArrivalProcess.Constant();
  private static final ArrivalProcess POISSON = new ArrivalProcess.Poisson();
  private static final ArrivalProcess.OnOff BURSTS = bursts(SECOND, 4 * SECOND, 0);
  private static final ArrivalProcess.Curve CURVE =
      new ArrivalProcess.Curve(
          10 * SECOND,
          List.of(new Point(0, 1), new Point(5 * SECOND, 3), new Point(8 * SECOND, 0)));

  private static ArrivalProcess.OnOff bursts(double on, double off, double idleRate) {
    return new ArrivalProcess.OnOff(
        new Distribution.Constant(on), new Distribution.Constant(off), idleRate);
  }

  static List<ArrivalProcess> withoutACurve() {
    return List.of(
        CONSTANT,
        POISSON,
        new ArrivalProcess.Gamma(2),
        new ArrivalProcess.Gamma(0.3),
        bursts(SECOND / 2.0, SECOND, 10),
        new ArrivalProcess.PerUser(20, new Distribution.LogNormal(1, 1), 1),
        new ArrivalProcess.PerUser(20, new Distribution.Constant(1), 2));
  }

  static List<ArrivalProcess> all() {
    List<ArrivalProcess> all = new ArrayList<>(withoutACurve());
    all.add(BURSTS);
    all.add(CURVE);
    all.add(new ArrivalProcess.Diurnal(5 * SECOND, 3, 2 * SECOND));
    return all;
  }

  private static LoadStep.Open step(ArrivalProcess arrivals, double from, double to, int seconds) {
    return new LoadStep.Open("x", seconds * SECOND, false, from, to, arrivals, null);
  }

  private static long[] instants(FireTimes times) {
    LongStream.Builder instants = LongStream.builder();
    for (long next = times.next(); next != Long.MAX_VALUE; next = times.next()) {
      instants.add(next);
    }
    return instants.build().toArray();
  }

  private static long[] instants(ArrivalProcess arrivals, double from, double to, int seconds) {
    return instants(Arrivals.of(step(arrivals, from, to, seconds), new Seed(5)));
  }

  private static long between(long[] instants, double fromSeconds, double toSeconds) {
    return LongStream.of(instants)
        .filter(at -> at >= fromSeconds * SECOND && at < toSeconds * SECOND)
        .count();
  }

  private static double pValue(RealDistribution expected, double[] sample) {
    return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, sample);
  }

  private static double[] gapsSeconds(long[] instants) {
    double[] gaps = new double[instants.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (instants[i + 1] - instants[i]) / 1e9;
    }
    return gaps;
  }

  @ParameterizedTest
  @MethodSource("all")
  void instants_riseAndStayInsideTheStep(ArrivalProcess arrivals) {
    long[] instants = instants(arrivals, 50, 50, 20);
    assertThat(instants).isSorted().hasSizeGreaterThan(500);
    assertThat(instants[0]).isNotNegative();
    assertThat(instants[instants.length - 1]).isLessThan(20 * SECOND);
  }

  @ParameterizedTest
  @MethodSource("all")
  void instants_areTheSeedsAlone(ArrivalProcess arrivals) {
    LoadStep.Open step = step(arrivals, 50, 50, 20);
    long[] once = instants(Arrivals.of(step, new Seed(5)));
    assertThat(instants(Arrivals.of(step, new Seed(5)))).isEqualTo(once);
    if (!arrivals.equals(CONSTANT)) {
      assertThat(instants(Arrivals.of(step, new Seed(6)))).isNotEqualTo(once);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void meanRate_isTheStepsOverWholeCycles(ArrivalProcess arrivals) {
    // 1,000 s: whole numbers of each one's cycles. Five standard deviations of the burstiest, cv 2.
    assertThat((double) instants(arrivals, 50, 50, 1000).length)
        .isCloseTo(50_000, within(5 * 2 * Math.sqrt(50_000)));
  }

  @ParameterizedTest
  @MethodSource("withoutACurve")
  void ramp_integratesToItsMeanRate(ArrivalProcess arrivals) {
    long[] instants = instants(arrivals, 0, 200, 150);
    assertThat((double) instants.length).isCloseTo(15_000, within(5 * 2 * Math.sqrt(15_000)));
    assertThat((double) between(instants, 0, 75))
        .isCloseTo(3_750, within(5 * 2 * Math.sqrt(3_750)));
  }

  @Test
  void constant_neverDrifts() {
    long[] instants = instants(CONSTANT, 3, 3, 10_000);
    assertThat(instants).hasSize(30_000);
    assertThat(instants[29_997]).isEqualTo(9_999 * SECOND);
  }

  @Test
  void poisson_gapsAreExponential() {
    double[] gaps = gapsSeconds(instants(POISSON, 100, 100, 50));
    assertThat(pValue(new ExponentialDistribution(0.01), gaps)).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.7, 1, 2})
  void gamma_gapsHaveItsShape(double cv) {
    double[] gaps = gapsSeconds(instants(new ArrivalProcess.Gamma(cv), 0.1, 0.1, 50_000));
    double shape = 1 / (cv * cv);
    assertThat(gaps.length).isGreaterThan(4_000);
    assertThat(pValue(new GammaDistribution(shape, 10 / shape), gaps)).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 5, 10})
  void gammaGaps_ofAnyShape_areGamma(double cv) {
    // Unrounded: at a cv of 5 a third of the gaps are below a nanosecond.
    GammaGaps gaps = new GammaGaps(cv);
    RandomGenerator random = new Seed(5).stream();
    double[] sample = DoubleStream.generate(() -> gaps.next(random)).limit(5_000).toArray();
    double shape = 1 / (cv * cv);
    assertThat(pValue(new GammaDistribution(shape, 1 / shape), sample)).isGreaterThan(0.01);
  }

  @Test
  void gamma_burstyFirstGap_isAsInTheMiddle_notAWholeOne() {
    // The mean count over many short steps: a process that began with a whole gap has 12 more.
    double counted = 0;
    int steps = 20_000;
    for (int seed = 0; seed < steps; seed++) {
      LoadStep.Open step = step(new ArrivalProcess.Gamma(5), 10, 10, 1);
      counted += instants(Arrivals.of(step, new Seed(seed))).length;
    }
    assertThat(counted / steps).isCloseTo(10, within(0.6));
  }

  @Test
  void onOff_pausesAreEmpty_andBurstsAreUniformInside() {
    long[] instants = instants(BURSTS, 40, 40, 100);
    for (long at : instants) {
      assertThat(at % (5 * SECOND)).isLessThan(SECOND);
    }
    double[] inBurst = LongStream.of(instants).mapToDouble(at -> at % (5 * SECOND) / 1e9).toArray();
    assertThat(pValue(new UniformRealDistribution(0, 1), inBurst)).isGreaterThan(0.01);
  }

  @Test
  void onOff_idleRate_isWhatPausesHave() {
    // 10/s in four of five seconds leave 160/s for the burst.
    long[] instants = instants(bursts(SECOND, 4 * SECOND, 10), 40, 40, 1000);
    long inBursts = LongStream.of(instants).filter(at -> at % (5 * SECOND) < SECOND).count();
    assertThat((double) inBursts).isCloseTo(200 * 160, within(5 * Math.sqrt(32_000)));
    assertThat((double) instants.length - inBursts).isCloseTo(8_000, within(5 * Math.sqrt(8_000)));
  }

  @Test
  void onOff_lengthsAreDrawn() {
    ArrivalProcess drawn =
        new ArrivalProcess.OnOff(
            new Distribution.Exponential(SECOND), new Distribution.Exponential(4 * SECOND), 0);
    double[] gaps = gapsSeconds(instants(drawn, 100, 100, 20_000));
    // A pause is a gap of far more than the 2 ms between a burst's arrivals.
    double[] pauses = DoubleStream.of(gaps).filter(gap -> gap > 0.1).toArray();
    assertThat(pauses.length).isCloseTo(4_000, within(320));
    double[] beyond = DoubleStream.of(pauses).map(gap -> gap - 0.1).toArray();
    assertThat(pValue(new ExponentialDistribution(4), beyond)).isGreaterThan(0.01);
  }

  @Test
  void curve_followsItsLines_overAndOver() {
    // Areas: 0 to 5 s of 1 to 3: 10; 5 to 8 s of 3 to 0: 4.5; 8 to 10 s of 0 to 1: 1; in all 15.5.
    long[] instants = instants(CURVE, 100, 100, 500);
    double[] at = LongStream.of(instants).mapToDouble(each -> each % (10 * SECOND) / 1e9).toArray();
    long first = DoubleStream.of(at).filter(each -> each < 5).count();
    long second = DoubleStream.of(at).filter(each -> each >= 5 && each < 8).count();
    assertThat((double) first).isCloseTo(50_000 * 10 / 15.5, within(900.0));
    assertThat((double) second).isCloseTo(50_000 * 4.5 / 15.5, within(600.0));
    assertThat((double) between(instants, 7.9, 8.1) * 5).isLessThan(10);
  }

  @Test
  void curve_firstPointLater_joinsThePeriodsEnds() {
    ArrivalProcess late =
        new ArrivalProcess.Curve(
            10 * SECOND, List.of(new Point(4 * SECOND, 0), new Point(6 * SECOND, 2)));
    long[] instants = instants(late, 100, 100, 1000);
    // From 2 at 6 s down to 0 at 14 s: half way, 1, at the period's end.
    double[] at = LongStream.of(instants).mapToDouble(each -> each % (10 * SECOND) / 1e9).toArray();
    long early = DoubleStream.of(at).filter(each -> each < 4).count();
    assertThat((double) early).isCloseTo(100_000 * 2 / 10.0, within(700.0));
  }

  @Test
  void diurnal_peakIsThreeTimesTheTrough() {
    long[] instants =
        instants(new ArrivalProcess.Diurnal(100 * SECOND, 3, 30 * SECOND), 1000, 1000, 100);
    double peak = between(instants, 28, 32) / 4.0;
    double trough = between(instants, 78, 82) / 4.0;
    assertThat(peak).isCloseTo(1500, within(100.0));
    assertThat(trough).isCloseTo(500, within(60.0));
  }

  @Test
  void diurnal_isPoissonInItsOwnTime() {
    ArrivalProcess.Diurnal day = new ArrivalProcess.Diurnal(50 * SECOND, 5, 20 * SECOND);
    long[] instants = instants(day, 100, 100, 50);
    double a = 2.0 / 3;
    double w = 2 * Math.PI / 50;
    double[] expected =
        LongStream.of(instants)
            .mapToDouble(at -> at / 1e9)
            .map(t -> 100 * (t + a / w * (Math.sin(w * (t - 20)) + Math.sin(w * 20))))
            .toArray();
    double[] gaps = new double[expected.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = expected[i + 1] - expected[i];
    }
    assertThat(pValue(new ExponentialDistribution(1), gaps)).isGreaterThan(0.01);
  }

  @Test
  void perUser_everyoneHasTheirShare() {
    FireTimes times =
        Arrivals.of(
            step(new ArrivalProcess.PerUser(4, new Distribution.Constant(7), 1), 40, 40, 1000),
            new Seed(4));
    long[] counts = new long[4];
    List<Double> gapsOfOne = new ArrayList<>();
    long last = -1;
    for (long at = times.next(); at != Long.MAX_VALUE; at = times.next()) {
      counts[(int) times.user()]++;
      if (times.user() == 2) {
        gapsOfOne.add(last < 0 ? null : (at - last) / 1e9);
        last = at;
      }
    }
    for (long count : counts) {
      assertThat((double) count).isCloseTo(10_000, within(500.0));
    }
    double[] gaps = gapsOfOne.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
    assertThat(pValue(new ExponentialDistribution(0.1), gaps)).isGreaterThan(0.01);
  }

  @Test
  void perUser_weightsDiffer_andAddUpToTheRate() {
    FireTimes times =
        Arrivals.of(
            step(new ArrivalProcess.PerUser(50, new Distribution.LogNormal(1, 1), 1), 50, 50, 1000),
            new Seed(3));
    long[] counts = new long[50];
    for (long at = times.next(); at != Long.MAX_VALUE; at = times.next()) {
      counts[(int) times.user()]++;
    }
    assertThat((double) LongStream.of(counts).sum()).isCloseTo(50_000, within(1_200.0));
    Arrays.sort(counts);
    // Of 50 lognormal draws with sigma 1 the 45th is about e^1.3, the 5th e^-1.3: 13 times less.
    assertThat((double) counts[45] / counts[5]).isBetween(5.0, 40.0);
  }

  @Test
  void others_haveNoUser() {
    assertThat(Arrivals.of(step(POISSON, 1, 1, 10), new Seed(1)).user()).isEqualTo(-1);
  }

  @Test
  void peak_isTheBurstsOrTheCurves() {
    assertThat(step(BURSTS, 40, 40, 10).highestRatePerSecond()).isEqualTo(200);
    assertThat(step(bursts(SECOND, 4 * SECOND, 10), 40, 40, 10).highestRatePerSecond())
        .isEqualTo(160);
    assertThat(step(CURVE, 31, 31, 10).highestRatePerSecond()).isCloseTo(60, within(1e-9));
    assertThat(step(new ArrivalProcess.Diurnal(SECOND, 3, 0), 40, 40, 10).highestRatePerSecond())
        .isEqualTo(60);
    assertThat(step(POISSON, 80, 40, 10).highestRatePerSecond()).isEqualTo(80);
  }
}
