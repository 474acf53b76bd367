package dev.candor.app.doctor;

import java.time.Instant;

/**
 * The load up to which this machine's figures were found to hold.
 *
 * @param streams at once
 * @param tokensPerSecond of all of them, as measured
 * @param withinMs the error at the 99th percentile that was allowed
 * @param loops event loops that carried it
 * @param cores and {@code processor}, {@code java}: where it was found
 * @param date ISO 8601
 */
public record TrustedLimit(
    int streams,
    double tokensPerSecond,
    double withinMs,
    int loops,
    int cores,
    String processor,
    String java,
    String date) {

  /** What {@code best} shows, the highest level that held. */
  public static TrustedLimit of(DoctorPlan plan, DoctorStep best, MachineFacts facts, Instant now) {
    return new TrustedLimit(
        best.streams(),
        best.tokensPerSecond(),
        plan.withinMs(),
        plan.loops(),
        facts.cores(),
        facts.processor(),
        Runtime.version().toString(),
        now.toString());
  }

  /** Whether it was found on such a machine. */
  boolean holdsFor(MachineFacts facts) {
    return cores == facts.cores() && processor.equals(facts.processor());
  }
}
