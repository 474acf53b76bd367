package dev.candor.analysis.server;

/** What is drawn of a server second by second; {@code server.…} in windows.parquet. */
public enum ServerCurve {
  /** Mean of the second, as the other levels; a share. */
  KV_USAGE("kv_usage"),
  RUNNING("running"),
  WAITING("waiting"),
  /** In the second, as tokens. */
  PREEMPTIONS("preemptions"),
  OUTPUT_TPS("output_tps"),
  INPUT_TPS("input_tps"),
  /** Of the first tokens of the second, by the histogram's sum and count; milliseconds. */
  TTFT_MEAN("ttft.mean"),
  /** Found of what was looked up in the second. */
  HIT_RATE("hit_rate"),
  GPU_POWER("gpu_power"),
  GPU_MEMORY_USED("gpu_memory_used"),
  GPU_UTIL("gpu_util");

  private final String key;

  ServerCurve(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
