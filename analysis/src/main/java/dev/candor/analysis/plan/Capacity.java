package dev.candor.analysis.plan;

/**
 * What one replica does at its operating point, as a sweep has measured it.
 *
 * @param run where that was
 * @param level the operating point, such as {@code 40 users}
 * @param knee the knee, in the same words
 * @param share operating point over knee
 * @param verified whether a hold has shown that it can be lived at
 * @param mix of the requests
 * @param requestsPerS completed
 * @param outputTps of answers
 * @param computedInputTps of prompts, without what the cache served
 * @param concurrency requests in flight
 * @param users of the sweep at that level; of a sweep of rates, the requests in flight
 * @param ttftS mean time to first token
 * @param tpotS mean time of each token behind it
 * @param low by which all rates may be lower: 0.9 is a tenth less
 * @param high by which they may be higher
 * @param doubt what {@code low} and {@code high} come from, in words
 */
public record Capacity(
    String run,
    String level,
    String knee,
    double share,
    boolean verified,
    Mix mix,
    double requestsPerS,
    double outputTps,
    double computedInputTps,
    double concurrency,
    double users,
    double ttftS,
    double tpotS,
    double low,
    double high,
    String doubt) {

  public Estimate outputTpsRange() {
    return new Estimate(outputTps * low, outputTps, outputTps * high);
  }

  public Estimate computedInputTpsRange() {
    return new Estimate(computedInputTps * low, computedInputTps, computedInputTps * high);
  }

  /** Tokens in the KV cache: requests in flight, each with its prompt and half its answer. */
  public double kvTokens() {
    return concurrency * heldBy(mix);
  }

  static double heldBy(Mix mix) {
    return mix.input() + mix.output() / 2;
  }

  double of(Constraint constraint) {
    return switch (constraint) {
      case PREFILL -> computedInputTps;
      case DECODE -> outputTps;
      case KV -> kvTokens();
    };
  }

  /**
   * What {@code demand} asks for. In the KV cache a request stays for as long as its answer takes
   * at the operating point.
   */
  double wanted(Demand demand, Constraint constraint) {
    return switch (constraint) {
      case PREFILL -> demand.computedInputTps();
      case DECODE -> demand.outputTps();
      case KV -> {
        double stay = ttftS + tpotS * demand.mix().output();
        yield demand.requestsPerS() * stay * heldBy(demand.mix());
      }
    };
  }

  /** What one of several replicas behind the address did, which share the load evenly. */
  public Capacity perReplica(int replicas) {
    return new Capacity(
        run,
        level,
        knee,
        share,
        verified,
        mix,
        requestsPerS / replicas,
        outputTps / replicas,
        computedInputTps / replicas,
        concurrency / replicas,
        users / replicas,
        ttftS,
        tpotS,
        low,
        high,
        doubt);
  }
}
