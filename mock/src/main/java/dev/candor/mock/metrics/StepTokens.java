package dev.candor.mock.metrics;

/**
 * Tokens of a step, put together from those of its requests, which are ready at one instant. As
 * with vLLM, a prompt counts whole in the step of its first token. <b>For the mock's event
 * loop.</b>
 */
final class StepTokens {
  private final Histograms histogram;
  private final long[] instants;
  private final int[] tokens;

  StepTokens(Histograms histogram, int replicas) {
    this.histogram = histogram;
    instants = new long[replicas];
    tokens = new int[replicas];
  }

  /** More of the step that ended at {@code nanos}, or the first of the next one. */
  void add(int replica, long nanos, int more) {
    if (instants[replica] != nanos) {
      close(replica);
      instants[replica] = nanos;
    }
    tokens[replica] += more;
  }

  /** No step has more to come. */
  void close() {
    for (int i = 0; i < tokens.length; i++) {
      close(i);
    }
  }

  private void close(int replica) {
    if (tokens[replica] > 0) {
      histogram.count(replica, tokens[replica]);
      tokens[replica] = 0;
    }
  }
}
