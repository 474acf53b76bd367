package dev.candor.base.stats;

import java.util.Arrays;

/**
 * Lomb's and Scargle's periodogram of samples at any times, of mean 0 (Scargle, "Studies in
 * astronomical time series analysis II", Astrophysical Journal 263, 1982; the sums as in Press and
 * Rybicki, ibid. 338, 1989). A power is that of the best sine, in units such that on white noise it
 * is exponential of mean 1.
 */
final class Periodogram {
  private static final int REFINEMENT = 40;

  private final double[] times;
  private final double[] values;
  private final double twiceVariance;

  Periodogram(double[] times, double[] values) {
    this.times = times.clone();
    this.values = values.clone();
    double squares = Arrays.stream(values).map(v -> v * v).sum();
    this.twiceVariance = 2 * squares / Math.max(1, values.length - 1);
  }

  /** The powers at 0, {@code step}, 2·step, … {@code last}·step; that at 0 is 0. */
  double[] grid(double step, int last) {
    int n = times.length;
    double[] cos = new double[n];
    double[] sin = new double[n];
    double[] cosStep = new double[n];
    double[] sinStep = new double[n];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * step * (times[i] - times[0]);
      cos[i] = 1;
      cosStep[i] = Math.cos(angle);
      sinStep[i] = Math.sin(angle);
    }
    double[] powers = new double[last + 1];
    for (int k = 1; k <= last; k++) {
      // the angles of the next frequency are those of this one turned by a step
      for (int i = 0; i < n; i++) {
        double turned = cos[i] * cosStep[i] - sin[i] * sinStep[i];
        sin[i] = sin[i] * cosStep[i] + cos[i] * sinStep[i];
        cos[i] = turned;
      }
      powers[k] = power(cos, sin);
    }
    return powers;
  }

  double at(double frequency) {
    int n = times.length;
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * frequency * (times[i] - times[0]);
      cos[i] = Math.cos(angle);
      sin[i] = Math.sin(angle);
    }
    return power(cos, sin);
  }

  /** The frequency within {@code reach} at which so many harmonics have the most power. */
  double refined(double frequency, double reach, int harmonics) {
    double best = frequency;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = -REFINEMENT; k <= REFINEMENT; k++) {
      double near = frequency + reach * k / REFINEMENT;
      double sum = 0;
      for (int h = 1; h <= harmonics; h++) {
        sum += at(h * near);
      }
      if (sum > most) {
        most = sum;
        best = near;
      }
    }
    return best;
  }

  private double power(double[] cos, double[] sin) {
    double yc = 0;
    double ys = 0;
    double cc = 0;
    double cs = 0;
    for (int i = 0; i < values.length; i++) {
      yc += values[i] * cos[i];
      ys += values[i] * sin[i];
      cc += cos[i] * cos[i];
      cs += cos[i] * sin[i];
    }
    double ss = values.length - cc;
    // turned so that sine and cosine do not share anything: Scargle's τ
    double turn = Math.atan2(2 * cs, cc - ss) / 2;
    double c = Math.cos(turn);
    double s = Math.sin(turn);
    double shared = 2 * cs * c * s;
    return (part(yc * c + ys * s, cc * c * c + shared + ss * s * s)
            + part(ys * c - yc * s, ss * c * c - shared + cc * s * s))
        / twiceVariance;
  }

  /** At the highest frequency of even samples the sine is 0 everywhere, and has no part. */
  private double part(double projection, double own) {
    return own > 1e-6 * values.length ? projection * projection / own : 0;
  }
}
