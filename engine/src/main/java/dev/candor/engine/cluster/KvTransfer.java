package dev.candor.engine.cluster;

import dev.candor.base.error.CandorException;

/**
 * How the KV of a prompt gets from a prefill replica to a decode replica. Each prefill replica has
 * a link of its own, on which one transfer goes after the other.
 *
 * @param bytesPerSecond of a link, above 0; infinite: nothing but the latency
 * @param latencyNanos of each transfer, during which the link is free for the next
 */
public record KvTransfer(double bytesPerSecond, long latencyNanos) {
  /** Takes no time. */
  public static final KvTransfer NONE = new KvTransfer(Double.POSITIVE_INFINITY, 0);

  private static final double NANOS_PER_SECOND = 1e9;

  public KvTransfer {
    if (!(bytesPerSecond > 0)) {
      throw CandorException.user("bandwidth is %s, must be above 0".formatted(bytesPerSecond));
    }
    if (latencyNanos < 0) {
      throw CandorException.user("latency is %d, must be at least 0".formatted(latencyNanos));
    }
  }

  /** How long {@code bytes} are on the link. */
  long linkNanos(long bytes) {
    return Math.round(bytes / bytesPerSecond * NANOS_PER_SECOND);
  }
}
