package dev.candor.analysis;

/**
 * Counts of values from 0 to {@code Long.MAX_VALUE} to 3 significant digits, in HdrHistogram's
 * buckets: 2,048 of width 1, then 1,024 an octave. Made for whole answers at a time, a nanosecond
 * or two a gap. For one thread.
 */
final class Counts {
  private static final int DIGIT_BITS = 11;
  private static final int OCTAVE = 1 << (DIGIT_BITS - 1);
  private static final long LINEAR = (1 << DIGIT_BITS) - 1;

  /** Of the buckets from {@link #base} on: latencies of a kind lie within a few octaves. */
  private long[] counts = new long[0];

  private int base;
  private long total;

  void add(long value, long count) {
    // In two steps: making room replaces the array.
    int place = place(index(value));
    counts[place] += count;
    total += count;
  }

  /**
   * Adds the differences between neighbours in {@code instants}, from that behind {@code from} up
   * to {@code to}; below 0: 0.
   */
  void addGaps(long[] instants, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int place = index(Math.max(0, instants[i] - instants[i - 1])) - base;
      if (place < 0 || place >= counts.length) {
        place = place(place + base);
      }
      counts[place]++;
    }
    total += Math.max(0, to - from - 1);
  }

  /** Where the bucket {@code index} is, with room made for it. */
  private int place(int index) {
    if (index >= base && index - base < counts.length) {
      return index - base;
    }
    int from = index & -OCTAVE;
    int low = total == 0 && counts.length == 0 ? from : Math.min(base, from);
    int high = Math.max(counts.length == 0 ? 0 : base + counts.length, from + OCTAVE);
    long[] wider = new long[high - low];
    System.arraycopy(counts, 0, wider, counts.length == 0 ? 0 : base - low, counts.length);
    counts = wider;
    base = low;
    return index - low;
  }

  void add(Counts other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] != 0) {
        int place = place(other.base + i);
        counts[place] += other.counts[i];
      }
    }
    total += other.total;
  }

  /** Tells the highest value of each bucket that has any, and how many. */
  void forEach(LatencySketch.Visitor visitor) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        visitor.take(highest(base + i), counts[i]);
      }
    }
  }

  long total() {
    return total;
  }

  /** The highest value of the bucket in which the {@code rank}-th value lies, from 1. */
  long atRank(long rank) {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return highest(base + i);
      }
    }
    throw new IllegalArgumentException("rank %d of %d".formatted(rank, total));
  }

  /** How many lie in the buckets up to that of {@code value}. */
  long upTo(long value) {
    int last = Math.min(index(value) - base, counts.length - 1);
    long sum = 0;
    for (int i = 0; i <= last; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static int index(long value) {
    int octave = Long.SIZE - DIGIT_BITS - Long.numberOfLeadingZeros(value | LINEAR);
    return (octave << (DIGIT_BITS - 1)) + (int) (value >>> octave);
  }

  private static long highest(int index) {
    int octave = Math.max(0, (index >> (DIGIT_BITS - 1)) - 1);
    long first = (long) (index - (octave << (DIGIT_BITS - 1))) << octave;
    return first + (1L << octave) - 1;
  }
}
