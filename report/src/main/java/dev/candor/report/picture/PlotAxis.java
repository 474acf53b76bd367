package dev.candor.report.picture;

import org.jspecify.annotations.Nullable;

/**
 * An axis.
 *
 * @param unit such as ms; empty: a number
 * @param from where it starts; null: where its data do, which an axis of lengths must not
 */
public record PlotAxis(String name, String unit, Scale scale, @Nullable Double from) {

  /** How values are laid out. */
  public enum Scale {
    LINEAR,
    /** Said beside the axis. */
    LOG,
    /** Seconds since the run began, read as a time. */
    SECONDS,
    /** Seconds since 1970, read as a date in UTC. */
    DATE
  }

  /** One from zero. */
  public static PlotAxis fromZero(String name, String unit) {
    return new PlotAxis(name, unit, Scale.LINEAR, 0.0);
  }

  public static PlotAxis log(String name, String unit) {
    return new PlotAxis(name, unit, Scale.LOG, null);
  }

  /** Seconds since 1970, which no axis starts at. */
  public static PlotAxis date(String name) {
    return new PlotAxis(name, "s", Scale.DATE, null);
  }

  /** Seconds since the run began. */
  public static PlotAxis time() {
    return new PlotAxis("time", "s", Scale.SECONDS, 0.0);
  }
}
