package dev.candor.workload.arrival;

import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.ArrivalProcess.Point;
import java.util.ArrayList;
import java.util.List;

/** The straight lines between a curve's points, over and over, scaled to the step's mean rate. */
final class CurvePieces implements RatePieces {
  /** A quarter of an hour of a day: lines then miss a cosine by 0.05 % of its height. */
  private static final int COSINE_POINTS = 96;

  private final List<Piece> period = new ArrayList<>();
  private int index;

  CurvePieces(ArrivalProcess.Curve curve, double ratePerSecond) {
    List<Point> points = around(curve);
    double scale = ratePerSecond / curve.meanLevel();
    for (int i = 1; i < points.size(); i++) {
      period.add(line(points.get(i - 1), points.get(i), scale));
    }
  }

  /** The cosine as a curve. */
  static ArrivalProcess.Curve cosine(ArrivalProcess.Diurnal diurnal) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < COSINE_POINTS; i++) {
      double at = (double) diurnal.periodNanos() * i / COSINE_POINTS;
      double phase = 2 * Math.PI * (at - diurnal.peakNanos()) / diurnal.periodNanos();
      points.add(new Point(Math.round(at), 1 + diurnal.amplitude() * StrictMath.cos(phase)));
    }
    return new ArrivalProcess.Curve(diurnal.periodNanos(), points);
  }

  /** The points, and where the curve is at the period's two ends. */
  private static List<Point> around(ArrivalProcess.Curve curve) {
    Point first = curve.points().getFirst();
    Point last = curve.points().getLast();
    long wrap = first.atNanos() + curve.periodNanos() - last.atNanos();
    double share = (double) (curve.periodNanos() - last.atNanos()) / wrap;
    double atEnds = last.level() + share * (first.level() - last.level());
    List<Point> points = new ArrayList<>();
    if (first.atNanos() > 0) {
      points.add(new Point(0, atEnds));
    }
    points.addAll(curve.points());
    points.add(new Point(curve.periodNanos(), atEnds));
    return points;
  }

  private static Piece line(Point from, Point to, double scale) {
    return new Piece(
        (to.atNanos() - from.atNanos()) / 1e9, scale * from.level(), scale * to.level());
  }

  @Override
  public Piece next() {
    Piece piece = period.get(index);
    index = (index + 1) % period.size();
    return piece;
  }
}
