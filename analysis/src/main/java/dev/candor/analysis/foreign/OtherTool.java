package dev.candor.analysis.foreign;

import dev.candor.base.error.CandorException;
import java.util.Arrays;
import java.util.List;

/** The load testers whose definitions are known here, each at the version that was read. */
public enum OtherTool {
  VLLM(
      "vllm",
      "vllm bench serve",
      "serve.py at 009e6d4a1cd6, endpoint_request_func.py at 02cfb534df56",
      "mean median std p99"),
  GUIDELLM("guidellm", "GuideLLM", "0.8.1", "mean median p95 p99"),
  AIPERF("aiperf", "AIPerf", "0.13.0", "avg min max p99 p90 p50"),
  INFERENCE_PERF("inference-perf", "inference-perf", "0.7.0", "mean min median p90 p99 max"),
  LLMPERF(
      "llmperf",
      "LLMPerf",
      "token_benchmark_ray.py at 004d3afb0e4b, openai_chat_completions_client.py at 0451d33bd3b1",
      "mean p50 p90 p95 p99 max");

  private final String key;
  private final String title;
  private final String version;
  private final String columns;

  OtherTool(String key, String title, String version, String columns) {
    this.key = key;
    this.title = title;
    this.version = version;
    this.columns = columns;
  }

  /**
   * The tool that a user calls {@code key}.
   *
   * @throws CandorException where there is none
   */
  public static OtherTool ofKey(String key) {
    return Arrays.stream(values())
        .filter(tool -> tool.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                CandorException.user(
                    "--as: '%s' is none of %s, all".formatted(key, String.join(", ", keys()))));
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(OtherTool::key).toList();
  }

  public String key() {
    return key;
  }

  public String title() {
    return title;
  }

  /** Release or commit whose source the definitions were read in. */
  public String version() {
    return version;
  }

  /** The statistics that fit a console, of those that a figure has. */
  public List<String> columns() {
    return List.of(columns.split(" "));
  }

  Definition definition() {
    return switch (this) {
      case VLLM -> new VllmBench();
      case GUIDELLM -> new GuideLlm();
      case AIPERF -> new AiPerf();
      case INFERENCE_PERF -> new InferencePerf();
      case LLMPERF -> new LlmPerf();
    };
  }
}
