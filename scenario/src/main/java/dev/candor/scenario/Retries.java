package dev.candor.scenario;

/**
 * How the load generator itself tries again what failed.
 *
 * @param maxAttempts of one request, the first included; 1: none is tried again
 */
public record Retries(int maxAttempts) {
  /** Every failure is measured, none is tried again. */
  public static final Retries NONE = new Retries(1);
}
