package dev.candor.app.run;

/**
 * How many of the last seconds' events were of one kind: a ring of seconds that moves on with the
 * latest event. Events that come late count in their own second as long as the ring has it. <b>For
 * one thread.</b>
 */
final class RecentCounts {
  private final int[] hits;
  private final int[] all;
  private int latest = -1;
  private long hitsInRing;
  private long allInRing;

  /**
   * @param seconds that the ring holds, the latest event's among them
   */
  RecentCounts(int seconds) {
    hits = new int[seconds];
    all = new int[seconds];
  }

  void add(int second, boolean hit) {
    moveTo(second);
    if (second <= latest - all.length) {
      return;
    }
    int slot = second % all.length;
    all[slot]++;
    allInRing++;
    if (hit) {
      hits[slot]++;
      hitsInRing++;
    }
  }

  private void moveTo(int second) {
    if (second - (long) latest > all.length) {
      latest = second - all.length;
    }
    while (latest < second) {
      latest++;
      int slot = latest % all.length;
      allInRing -= all[slot];
      hitsInRing -= hits[slot];
      all[slot] = 0;
      hits[slot] = 0;
    }
  }

  /** Events in the ring. */
  long of() {
    return allInRing;
  }

  /** Of these, the share that were hits; 0 without any. */
  double share() {
    return allInRing == 0 ? 0 : (double) hitsInRing / allInRing;
  }
}
