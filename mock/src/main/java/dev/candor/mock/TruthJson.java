package dev.candor.mock;

import java.util.List;

/** A request's truth as one line of JSON. */
final class TruthJson {
  private TruthJson() {}

  static String line(TruthRecord truth) {
    StringBuilder line = new StringBuilder(400 + 32 * truth.events().count());
    line.append("{\"request\":").append(truth.request());
    line.append(",\"path\":\"").append(truth.path()).append('"');
    number(line, "status", truth.status());
    number(line, "arrival_ns", truth.arrival());
    number(line, "start_ns", truth.start());
    number(line, "first_token_ns", truth.firstToken());
    number(line, "end_ns", truth.end());
    number(line, "replica", truth.replica());
    number(line, "prompt_tokens", truth.promptTokens());
    number(line, "cached_tokens", truth.cachedTokens());
    number(line, "output_tokens", truth.outputTokens());
    number(line, "reasoning_tokens", truth.reasoningTokens());
    line.append(",\"complete\":").append(truth.complete());
    line.append(",\"slow_reader\":").append(truth.slowReader());
    names(line, truth.faults());
    numbers(line, "preempted_ns", truth.preempted());
    numbers(line, "intended_ns", truth.intended());
    numbers(line, "emitted_ns", truth.emitted());
    line.append(",\"tokens\":[");
    int[] tokens = truth.tokens();
    for (int i = 0; i < tokens.length; i++) {
      line.append(i == 0 ? "" : ",").append(tokens[i]);
    }
    return line.append("]}").toString();
  }

  private static void number(StringBuilder line, String key, long value) {
    line.append(",\"").append(key).append("\":").append(value);
  }

  private static void numbers(StringBuilder line, String key, long[] values) {
    line.append(",\"").append(key).append("\":[");
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(values[i]);
    }
    line.append(']');
  }

  /** Faults have names of ours, which need no escaping. */
  private static void names(StringBuilder line, List<String> faults) {
    line.append(",\"faults\":[");
    for (int i = 0; i < faults.size(); i++) {
      line.append(i == 0 ? "\"" : ",\"").append(faults.get(i)).append('"');
    }
    line.append(']');
  }
}
