package dev.candor.analysis.drift;

/** What is tested for drift, in the order of the reports. */
public enum DriftMetric {
  TTFT("ttft.p50", "ms", Side.SERVICE, true),
  ITL("itl.p50", "ms", Side.SERVICE, true),
  OUTPUT_TPS("output_tps", "tok/s", Side.SERVICE, false),
  GOODPUT("goodput", "", Side.SERVICE, false),
  KV_USAGE("kv_usage", "", Side.SERVER, true),
  WAITING("waiting", "requests", Side.SERVER, true),
  HEAP("client.heap_after_gc", "MiB", Side.CLIENT, true),
  RESIDENT("client.rss", "MiB", Side.CLIENT, true),
  CONNECTIONS("client.connections", "", Side.CLIENT, true),
  NEW_CONNECTIONS("client.new_connections", "/s", Side.CLIENT, true);

  private final String key;
  private final String unit;
  private final Side side;
  private final boolean riseIsWorse;

  /** Whose figure it is. */
  public enum Side {
    /** What users of the service feel: drift for the worse fails a soak. */
    SERVICE(0.01),
    /** What the server tells of itself: it explains, and fails nothing. */
    SERVER(0.01),
    /** What the load generator itself holds: its drift is our leak, not the server's. */
    CLIENT(0.05);

    private final double leastChange;

    Side(double leastChange) {
      this.leastChange = leastChange;
    }

    /** Share of the first level that must change over the phase: less is no drift, however sure. */
    double leastChange() {
      return leastChange;
    }
  }

  DriftMetric(String key, String unit, Side side, boolean riseIsWorse) {
    this.key = key;
    this.unit = unit;
    this.side = side;
    this.riseIsWorse = riseIsWorse;
  }

  public String key() {
    return key;
  }

  /** Of the level; empty for a share or a count. */
  public String unit() {
    return unit;
  }

  public Side side() {
    return side;
  }

  boolean worse(double slope) {
    return riseIsWorse ? slope > 0 : slope < 0;
  }
}
