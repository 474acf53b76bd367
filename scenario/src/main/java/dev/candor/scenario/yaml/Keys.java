package dev.candor.scenario.yaml;

import dev.candor.scenario.FaultKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every key of a scenario, by section; the schema has the same. */
final class Keys {
  static final List<String> ROOT =
      List.of(
          "name",
          "seed",
          "target",
          "workload",
          "load",
          "sweep",
          "find",
          "drain",
          "slo",
          "thresholds",
          "prices",
          "abort",
          "retries",
          "budget",
          "quota",
          "tags",
          "publish",
          "simulation",
          "production",
          "output");
  static final List<String> TARGET =
      List.of(
          "url",
          "urls",
          "api",
          "generic",
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
          "client",
          "connections",
          "loops",
          "mock",
          "metrics");
  static final List<String> AUDIT = List.of("mock", "acts");
  static final List<String> ACT = List.of("name", "for", "faults");
  static final List<String> SIMULATION = List.of("network", "cluster", "records");
  static final List<String> CLUSTER = List.of("pools", "kv_transfer", "failures");
  static final List<String> POOL =
      List.of("name", "role", "profile", "replicas", "routing", "classes", "engine", "autoscale");
  static final List<String> AUTOSCALE =
      List.of("min", "max", "target_in_flight", "every", "startup", "cooldown", "add");
  static final List<String> KV_TRANSFER = List.of("bandwidth", "latency");
  static final List<String> FAILURE = List.of("pool", "replica", "at", "for", "slow");
  static final List<String> NETWORK =
      List.of("latency", "jitter", "bandwidth", "loss", "proxy", "tls");
  static final List<String> NETWORK_PROXY = List.of("request", "event");
  static final List<String> METRICS = List.of("urls", "every", "auth");
  private static final List<String> SEARCH =
      List.of("resolution", "while", "think", "arrivals", "step", "repeats", "warmup");
  static final List<String> SWEEP =
      joined(Stream.of(List.of("users", "rate"), SEARCH, List.of("marginal", "hold")));
  static final List<String> FIND = joined(Stream.of(List.of("maximise", "from", "to"), SEARCH));
  static final List<String> SWEEP_STEP =
      List.of("ramp", "requests", "at_least", "at_most", "pause", "drain");
  static final List<String> HOLD = List.of("share", "for");
  static final List<String> CLIENT = List.of("loops", "io", "busy_poll", "pin");
  static final List<String> GENERIC =
      List.of(
          "method",
          "path",
          "headers",
          "body",
          "frames",
          "text",
          "reasoning",
          "input_tokens",
          "cached_tokens",
          "output_tokens",
          "error",
          "end");
  static final List<String> GENERIC_END = List.of("frame", "event", "field", "value");
  static final List<String> TIMEOUTS =
      List.of("connect", "headers", "first_token", "idle", "total");
  static final List<String> TLS = List.of("verify", "ca", "cert", "key");
  static final List<String> CONNECTIONS =
      List.of("http", "per_request", "keep_alive", "most", "proxy", "unix_socket");
  static final List<String> MOCK =
      List.of(
          "ttft",
          "itl",
          "output_tokens",
          "tokens_per_chunk",
          "reasoning_tokens",
          "tool_calls",
          "text",
          "max_concurrency",
          "truth",
          "recorded",
          "profile",
          "engine",
          "metrics",
          "quotas",
          "faults");
  static final List<String> ENGINE_LIMITS =
      List.of(
          "max_num_seqs",
          "max_num_batched_tokens",
          "max_model_len",
          "chunked_prefill",
          "long_prefill_token_threshold",
          "prefix_caching",
          "block_size",
          "kv_blocks",
          "max_queue");
  static final List<String> ENGINE =
      joined(Stream.of(List.of("replicas", "routing"), ENGINE_LIMITS));
  static final List<String> QUOTA_LIMITS = List.of("rpm", "tpm", "input_tpm", "output_tpm");
  static final List<String> QUOTA =
      joined(Stream.of(List.of("key", "model"), QUOTA_LIMITS, List.of("limit")));
  static final List<String> FAULT_MATCH =
      List.of("share", "model", "path", "headers", "nth", "first");
  private static final List<String> FAULT_WINDOW = List.of("from", "for", "every");

  /** Those of all kinds of faults. */
  private static final List<String> FAULT =
      Arrays.stream(FaultKind.values()).flatMap(kind -> ofRule(kind).stream()).distinct().toList();

  static final List<String> WORKLOAD =
      List.of(
          "tokenizer",
          "max_tokens",
          "salt",
          "calibrate",
          "abandon",
          "cache",
          "preset",
          "mix",
          "sessions",
          "trace",
          "messages",
          "corpus");
  static final List<String> ABANDON = List.of("share", "after", "tokens");
  static final List<String> MIX =
      List.of(
          "name",
          "share",
          "input",
          "output",
          "correlation",
          "system",
          "tools",
          "documents",
          "turns",
          "follow_up",
          "think",
          "subagents");
  static final List<String> SYSTEM = List.of("tokens", "variants", "skew");
  static final List<String> TOOLS = List.of("count", "tokens");
  static final List<String> DOCUMENTS = List.of("count", "tokens", "pool", "skew");
  static final List<String> SUBAGENTS =
      List.of("share", "count", "turns", "input", "follow_up", "output", "think");
  static final List<String> CACHE =
      List.of("state", "isolate", "hit_rate", "block", "tolerance", "reset");
  static final List<String> SESSIONS = List.of("context_limit", "at_limit", "summary", "answers");

  /** What a preset may say of a workload. */
  static final List<String> PRESET = List.of("mix", "sessions");

  static final List<String> TRACE = List.of("file", "format", "limit", "max_input");
  static final List<String> MESSAGES = List.of("file");
  static final List<String> CORPUS = List.of("file", "limit", "max_input", "answers");
  static final List<String> STEP =
      List.of(
          "name",
          "users",
          "rate",
          "replay",
          "ramp_from",
          "for",
          "warmup",
          "think",
          "arrivals",
          "max_in_flight");
  static final List<String> REPLAY = List.of("speed", "from", "to", "shift");

  /** The arrival processes with parameters of their own. */
  static final List<String> ARRIVALS = List.of("gamma", "on_off", "diurnal", "curve", "per_user");

  static final List<String> GAMMA = List.of("cv", "burstiness");
  static final List<String> ON_OFF = List.of("on", "off", "idle_rate");
  static final List<String> DIURNAL = List.of("period", "peak_to_trough", "peak_at", "speed");
  static final List<String> CURVE = List.of("period", "points", "speed");
  static final List<String> PER_USER = List.of("users", "weight", "cv", "burstiness");
  static final List<String> SLO =
      List.of("preset", "ttft", "itl", "tpot", "e2e", "max_gap", "output_tps_user", "classes");
  private static final List<String> TOKEN_PRICES =
      List.of("input", "cached_input", "cache_write", "output", "request", "batch_discount");
  static final List<String> PRICES =
      joined(
          Stream.of(
              List.of("model", "file", "currency"),
              TOKEN_PRICES,
              List.of("batch", "gpu_hour", "gpus", "listed_as", "source", "as_of", "assumed")));

  /** A list of prices. */
  static final List<String> PRICE_BOOK = List.of("currency", "models");

  static final List<String> PRICE_BOOK_MODEL =
      joined(
          Stream.of(
              TOKEN_PRICES, List.of("gpu_hour", "gpus", "aliases", "source", "as_of", "note")));
  static final List<String> ABORT = List.of("failed", "goodput", "cost", "client_limited", "over");
  static final List<String> RETRIES =
      List.of(
          "policy",
          "max_attempts",
          "base",
          "factor",
          "max",
          "jitter",
          "on",
          "up_to",
          "retry_after",
          "reset",
          "retry_after_max",
          "retry_after_beyond",
          "should_retry",
          "budget",
          "breaker");
  static final List<String> RETRY_BUDGET = List.of("share", "min_per_second");
  static final List<String> RETRY_BREAKER =
      List.of("failures", "window", "min_calls", "open_for", "probes");
  static final List<String> BUDGET = List.of("cost", "tokens");
  static final List<String> THRESHOLD = List.of("expr", "phase", "class", "confident");
  static final List<String> PUBLISH =
      List.of("prometheus", "remote_write", "otlp", "influx", "labels");
  static final List<String> PROMETHEUS = List.of("port", "linger");
  static final List<String> RECEIVER = List.of("url", "headers", "every");
  static final List<String> OTLP = joined(Stream.of(RECEIVER, List.of("spans")));
  static final List<String> INFLUX = joined(Stream.of(List.of("file"), RECEIVER));
  static final List<String> OUTPUT = List.of("dir");

  static final Map<String, List<String>> BY_SECTION =
      Map.ofEntries(
          Map.entry("root", ROOT),
          Map.entry("target", TARGET),
          Map.entry("generic", GENERIC),
          Map.entry("generic_end", GENERIC_END),
          Map.entry("timeouts", TIMEOUTS),
          Map.entry("tls", TLS),
          Map.entry("client", CLIENT),
          Map.entry("metrics", METRICS),
          Map.entry("connections", CONNECTIONS),
          Map.entry("mock", MOCK),
          Map.entry("engine", ENGINE),
          Map.entry("quota", QUOTA),
          Map.entry("fault", FAULT),
          Map.entry("workload", WORKLOAD),
          Map.entry("abandon", ABANDON),
          Map.entry("mix", MIX),
          Map.entry("system", SYSTEM),
          Map.entry("tools", TOOLS),
          Map.entry("documents", DOCUMENTS),
          Map.entry("subagents", SUBAGENTS),
          Map.entry("cache", CACHE),
          Map.entry("sessions", SESSIONS),
          Map.entry("trace", TRACE),
          Map.entry("messages", MESSAGES),
          Map.entry("corpus", CORPUS),
          Map.entry("step", STEP),
          Map.entry("replay", REPLAY),
          Map.entry("arrivals", ARRIVALS),
          Map.entry("gamma", GAMMA),
          Map.entry("on_off", ON_OFF),
          Map.entry("diurnal", DIURNAL),
          Map.entry("curve", CURVE),
          Map.entry("per_user", PER_USER),
          Map.entry("slo", SLO),
          Map.entry("prices", PRICES),
          Map.entry("sweep", SWEEP),
          Map.entry("find", FIND),
          Map.entry("sweep_step", SWEEP_STEP),
          Map.entry("hold", HOLD),
          Map.entry("abort", ABORT),
          Map.entry("threshold", THRESHOLD),
          Map.entry("retries", RETRIES),
          Map.entry("retry_budget", RETRY_BUDGET),
          Map.entry("retry_breaker", RETRY_BREAKER),
          Map.entry("budget", BUDGET),
          Map.entry("provider_quota", QUOTA_LIMITS),
          Map.entry("simulation", SIMULATION),
          Map.entry("network", NETWORK),
          Map.entry("cluster", CLUSTER),
          Map.entry("pool", POOL),
          Map.entry("pool_engine", ENGINE_LIMITS),
          Map.entry("autoscale", AUTOSCALE),
          Map.entry("kv_transfer", KV_TRANSFER),
          Map.entry("failure", FAILURE),
          Map.entry("network_proxy", NETWORK_PROXY),
          Map.entry("publish", PUBLISH),
          Map.entry("prometheus", PROMETHEUS),
          Map.entry("remote_write", RECEIVER),
          Map.entry("otlp", OTLP),
          Map.entry("influx", INFLUX),
          Map.entry("output", OUTPUT));

  private Keys() {}

  /** All that a rule for this kind of fault may have. */
  static List<String> ofRule(FaultKind kind) {
    List<String> match = kind.ofService() ? List.of() : FAULT_MATCH;
    return joined(Stream.of(List.of("fault"), own(kind), match, FAULT_WINDOW));
  }

  private static List<String> own(FaultKind kind) {
    return switch (kind) {
      case ERROR -> List.of("status", "retry_after", "body");
      case SLOW_HEADERS -> List.of("delay");
      case STALL -> List.of("after", "stall_for");
      case RESET, DISCONNECT, TRUNCATE, ERROR_FRAME, MALFORMED_JSON -> List.of("after");
      case TOKENS_PER_CHUNK -> List.of("tokens");
      case LYING_USAGE, SPIKE -> List.of("factor");
      case PING_FLOOD -> List.of("per_token");
      case BROWN_OUT -> List.of("replica", "factor");
      case CRASH -> List.of("replica");
      case LEAK -> List.of("per_hour");
      case NO_ANSWER,
          SPLIT_UTF8,
          MISSING_USAGE,
          HTML,
          ENDLESS_LINE,
          INVALID_UTF8,
          EMPTY_ANSWER,
          REFUSED ->
          List.of();
    };
  }

  private static List<String> joined(Stream<List<String>> parts) {
    return parts.flatMap(List::stream).toList();
  }
}
