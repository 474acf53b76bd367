package dev.candor.analysis.foreign;

/** Mean, spread and extremes of weighted values as they come (Welford 1962, West 1979). */
final class Moments {
  private double weight;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double value, double its) {
    weight += its;
    double before = value - mean;
    mean += before * its / weight;
    squares += its * before * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  double weight() {
    return weight;
  }

  double mean() {
    return mean;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double std(int lost) {
    return weight <= lost ? 0 : Math.sqrt(squares / (weight - lost));
  }
}
