package dev.candor.app.doctor;

import dev.candor.app.doctor.ClientError.Quantiles;

/**
 * What one level showed.
 *
 * @param tokensPerSecond received, of the measured part
 * @param ttft errors, absolute
 * @param itl errors, absolute, gap by gap
 * @param sendLatenessP99Ms of the worst second
 * @param cpu share of the cores allowed
 * @param limitedSeconds in which the client itself was the bottleneck, by its own signs
 * @param mockLatenessP99Ms how late the mock was: not the client's doing, and part of the truth
 * @param why in a few words
 */
public record DoctorStep(
    int streams,
    double tokensPerSecond,
    long answers,
    Quantiles ttft,
    Quantiles itl,
    double sendLatenessP99Ms,
    double cpu,
    int limitedSeconds,
    int seconds,
    double mockLatenessP99Ms,
    Result result,
    String why) {

  /** Whether the figures hold at this level. */
  public enum Result {
    HOLDS,
    FAILS,
    /** Errors beyond the limit, but the mock was not itself either: they share the machine. */
    INCONCLUSIVE
  }
}
