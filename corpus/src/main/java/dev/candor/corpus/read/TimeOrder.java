package dev.candor.corpus.read;

import java.util.Locale;

/** Sees that a trace's timestamps do not go back. */
final class TimeOrder {
  private long lastNanos = Long.MIN_VALUE;

  /** Returns {@code nanos}. */
  long next(long nanos) {
    if (nanos < lastNanos) {
      throw new BadRecord(
          Reason.TIME_GOES_BACK,
          String.format(
              Locale.ROOT,
              "found a timestamp %.6g s before an earlier line's, must be none",
              (lastNanos - nanos) / 1e9));
    }
    lastNanos = nanos;
    return nanos;
  }
}
