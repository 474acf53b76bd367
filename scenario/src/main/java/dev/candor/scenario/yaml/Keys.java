package dev.candor.scenario.yaml;

import java.util.List;
import java.util.Map;

/** Every key of a scenario, by section; the schema has the same. */
final class Keys {
  static final List<String> ROOT =
      List.of(
          "name",
          "seed",
          "target",
          "workload",
          "load",
          "drain",
          "slo",
          "thresholds",
          "prices",
          "output");
  static final List<String> TARGET =
      List.of(
          "url",
          "api",
          "model",
          "api_key",
          "headers",
          "body",
          "stream",
          "ignore_eos",
          "max_tokens_field",
          "usage",
          "timeouts",
          "tls",
          "loops",
          "mock");
  static final List<String> TIMEOUTS =
      List.of("connect", "headers", "first_token", "idle", "total");
  static final List<String> TLS = List.of("verify", "ca");
  static final List<String> MOCK =
      List.of(
          "ttft",
          "itl",
          "output_tokens",
          "tokens_per_chunk",
          "reasoning_tokens",
          "max_concurrency",
          "truth",
          "recorded");
  static final List<String> WORKLOAD =
      List.of("tokenizer", "max_tokens", "salt", "calibrate", "mix", "trace", "messages");
  static final List<String> MIX = List.of("name", "share", "input", "output");
  static final List<String> TRACE = List.of("file", "format", "limit", "max_input");
  static final List<String> MESSAGES = List.of("file");
  static final List<String> STEP =
      List.of(
          "name",
          "users",
          "rate",
          "ramp_from",
          "for",
          "warmup",
          "think",
          "arrivals",
          "max_in_flight");
  static final List<String> SLO =
      List.of("preset", "ttft", "itl", "tpot", "e2e", "max_gap", "output_tps_user", "classes");
  static final List<String> PRICES = List.of("currency", "input", "cached_input", "output");
  static final List<String> OUTPUT = List.of("dir");

  static final Map<String, List<String>> BY_SECTION =
      Map.ofEntries(
          Map.entry("root", ROOT),
          Map.entry("target", TARGET),
          Map.entry("timeouts", TIMEOUTS),
          Map.entry("tls", TLS),
          Map.entry("mock", MOCK),
          Map.entry("workload", WORKLOAD),
          Map.entry("mix", MIX),
          Map.entry("trace", TRACE),
          Map.entry("messages", MESSAGES),
          Map.entry("step", STEP),
          Map.entry("slo", SLO),
          Map.entry("prices", PRICES),
          Map.entry("output", OUTPUT));

  private Keys() {}
}
