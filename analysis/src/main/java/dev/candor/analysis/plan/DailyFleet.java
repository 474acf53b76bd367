package dev.candor.analysis.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A day of a fleet that follows its traffic.
 *
 * @param points every five minutes from midnight
 * @param meanLevel of the day, as a share of the peak
 * @param staticHours replica-hours a day of a fleet for the peak
 * @param scaledHours of one that is scaled
 */
public record DailyFleet(
    List<Point> points, double meanLevel, double staticHours, double scaledHours) {
  /*
   * A replica that is wanted at one instant serves a delay later. So at each instant the fleet must
   * be what any instant until then needs: the highest level ahead within the delay. What scales
   * earlier than that pays more, what scales later is short on the way up.
   */

  private static final int STEPS_AN_HOUR = 12;
  private static final int HOURS = 24;
  private static final double STEP_S = 300;

  public DailyFleet {
    points = List.copyOf(points);
  }

  /**
   * @param hour from midnight
   * @param level of the traffic, as a share of the peak
   * @param needed replicas that serve it at their operating points
   * @param fleet that there is, headroom and spare included
   */
  public record Point(double hour, double level, double needed, int fleet) {}

  /**
   * Of a day.
   *
   * @param hours 24 levels, the highest taken for the peak; straight lines lie between them
   * @param need replicas at the peak, likely
   * @param most the fleet for the peak
   */
  static DailyFleet of(
      List<Double> hours, double need, double headroom, Spare spare, int most, double scaleUpS) {
    double peak = Collections.max(hours);
    int count = HOURS * STEPS_AN_HOUR;
    double[] levels = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int hour = i / STEPS_AN_HOUR;
      double part = (i % STEPS_AN_HOUR) / (double) STEPS_AN_HOUR;
      levels[i] = ((1 - part) * hours.get(hour) + part * hours.get((hour + 1) % HOURS)) / peak;
      sum += levels[i];
    }
    int ahead = (int) Math.ceil(scaleUpS / STEP_S - 1e-9);
    List<Point> points = new ArrayList<>();
    long replicaSteps = 0;
    for (int i = 0; i < count; i++) {
      double level = 0;
      for (int j = 0; j <= Math.min(ahead, count); j++) {
        level = Math.max(level, levels[(i + j) % count]);
      }
      double needed = need * level;
      int fleet =
          Math.min(
              most, Math.max(Estimate.up(needed * headroom), spare.fleet(Estimate.up(needed))));
      replicaSteps += fleet;
      points.add(new Point((double) i / STEPS_AN_HOUR, levels[i], need * levels[i], fleet));
    }
    return new DailyFleet(
        points, sum / count, (double) most * HOURS, (double) replicaSteps / STEPS_AN_HOUR);
  }
}
