package dev.candor.analysis;

import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Why a second shows the client rather than the server; docs/metrics.md has the bounds. */
public enum LimitReason {
  LOOP_DELAY("loop delay"),
  SEND_LATENESS("late sends"),
  GC_PAUSE("GC pause"),
  SAFEPOINT("JVM pause"),
  ALLOCATION_STALL("allocation stall"),
  RUN_QUEUE("no free core"),
  RECEIVE_QUEUE("unread bytes"),
  WRITER("slow writer");

  private final String words;

  LimitReason(String words) {
    this.words = words;
  }

  /** In summary.json and windows.parquet. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** To a reader. */
  public String words() {
    return words;
  }

  /** Several, to a reader. */
  public static String words(Set<LimitReason> reasons) {
    return reasons.stream().sorted().map(LimitReason::words).collect(Collectors.joining(", "));
  }

  /** In how many seconds each, to a reader: {@code loop delay 2, GC pause 1}. */
  public static String counts(SortedMap<LimitReason, Integer> reasons) {
    return reasons.entrySet().stream()
        .map(entry -> entry.getKey().words() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
