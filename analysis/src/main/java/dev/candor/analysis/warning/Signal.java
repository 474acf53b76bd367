package dev.candor.analysis.warning;

import java.util.Locale;

/**
 * What may tell of trouble ahead of it, second by second; of two that tell as early the first here
 * is the better one to alert on.
 */
public enum Signal {
  /** Share of the KV cache that requests hold, 0 to 1; the fullest engine's. */
  KV_USAGE("KV cache in use", Unit.SHARE),
  /** Requests in the server's queues. */
  WAITING("requests waiting", Unit.COUNT),
  /** Requests that lost their place in the KV cache, a second. */
  PREEMPTIONS("preemptions a second", Unit.COUNT),
  /** Milliseconds, by the client, as the next two. */
  ITL_P50("ITL p50", Unit.MILLISECONDS),
  TTFT_P50("TTFT p50", Unit.MILLISECONDS),
  TTFT_P90("TTFT p90", Unit.MILLISECONDS),
  /** Attempts, by the client; known where no users make them, and their rate does not change. */
  IN_FLIGHT("requests in flight", Unit.COUNT);

  /** What a signal's levels are. */
  enum Unit {
    SHARE,
    COUNT,
    MILLISECONDS
  }

  private static final double SHARE_APART = 0.05;
  private static final double COUNT_APART = 1;
  private static final double TIMES_APART = 1.3;

  private final String words;
  private final Unit unit;

  Signal(String words, Unit unit) {
    this.words = words;
    this.unit = unit;
  }

  /** In summary.json. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** To a reader. */
  public String words() {
    return words;
  }

  /** A level of it, with its unit. */
  public String format(double level) {
    return switch (unit) {
      case SHARE -> String.format(Locale.ROOT, "%.0f %%", level * 100);
      case COUNT -> String.format(Locale.ROOT, level == Math.rint(level) ? "%.0f" : "%.2f", level);
      case MILLISECONDS -> String.format(Locale.ROOT, level < 10 ? "%.2f ms" : "%.0f ms", level);
    };
  }

  /** The least level that is more than chance where {@code good} is the highest of good times. */
  double above(double good) {
    return switch (unit) {
      case SHARE -> good + SHARE_APART;
      case COUNT -> Math.max(good + COUNT_APART, good * TIMES_APART);
      case MILLISECONDS -> good * TIMES_APART;
    };
  }

  /** A round level midway, from {@code good} on and below {@code bad}. */
  double between(double good, double bad) {
    double middle = (good + bad) / 2;
    if (unit == Unit.COUNT && Math.floor(middle) >= good) {
      return Math.floor(middle);
    }
    double size = Math.pow(10, Math.floor(Math.log10(Math.max(middle, 1e-9))) - 1);
    double round = Math.rint(middle / size) * size;
    double clean = Math.rint(round * 1e6) / 1e6;
    return clean >= good && clean < bad ? clean : middle;
  }
}
