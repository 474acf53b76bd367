package dev.candor.analysis.plan;

/** Traffic at one time. */
public record Demand(double requestsPerS, Mix mix) {

  public double inputTps() {
    return requestsPerS * mix.input();
  }

  /** Of the prompts, what no cache serves. */
  public double computedInputTps() {
    return requestsPerS * mix.computedInput();
  }

  public double outputTps() {
    return requestsPerS * mix.output();
  }

  Demand times(double factor) {
    return new Demand(requestsPerS * factor, mix);
  }

  Demand of(Mix other) {
    return new Demand(requestsPerS, other);
  }
}
