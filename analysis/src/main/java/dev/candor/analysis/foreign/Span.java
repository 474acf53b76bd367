package dev.candor.analysis.foreign;

/** From the first start to the last end of what was added. */
final class Span {
  private long start = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;

  void add(long from, long to) {
    start = Math.min(start, from);
    end = Math.max(end, to);
  }

  /** Its length; 0 where it is empty. */
  double seconds() {
    return end <= start ? 0 : (end - start) / 1e9;
  }

  /** {@code amount} a second; null where there is no time. */
  @org.jspecify.annotations.Nullable
  Double rate(double amount) {
    return seconds() == 0 ? null : Double.valueOf(amount / seconds());
  }
}
