package dev.candor.app.estimate;

/**
 * How much of a quota a run will take.
 *
 * @param key rpm, tpm, input_tpm or output_tpm
 * @param limit a minute
 * @param mean a minute, over the load
 * @param peak the fullest minute
 */
public record QuotaUse(String key, long limit, Range mean, Range peak) {

  /** Of the limit, in the fullest minute. */
  public double highestShare() {
    return peak.high() / limit;
  }
}
