package dev.candor.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets {@code candor run} against {@code candor mock} at the rates of a measured sweep, and prints
 * both as a table in Markdown.
 *
 * <p>The sweep: Llama-3-8B-Instruct on one H100-80GB, vLLM 0.11, 128 sequences, no prefix cache, no
 * chunked prefill, constant rates for 60 s with at most 440 requests in flight (kubernetes-sigs/
 * inference-perf, demos/kubecon-na-2025/vllm).
 */
public final class ReferenceSweep {
  /** Offered requests/s, TPOT in ms, output tokens/s, mean TTFT in ms, as measured there. */
  private static final double[][] MEASURED = {
    {1.0, 7.23, 64, 31.1},
    {31.4, 8.42, 1943, 29.8},
    {61.79, 10.5, 3821, 34.9},
    {92.19, 15.83, 5694, 50.5},
    {122.59, 19.99, 6317, 2616.5},
    {152.98, 19.96, 6324, 2937.1},
    {183.38, 19.54, 6431, 2943.2}
  };

  private ReferenceSweep() {}

  /**
   * @param arguments seconds a rate, 60 where there is none
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    Path work = Files.createTempDirectory("candor-sweep");
    Process mock =
        new ProcessBuilder(
                "./candor",
                "mock",
                "--profile",
                "h100-llama3-8b",
                "--port",
                "0",
                "--max-num-seqs",
                "128",
                "--max-model-len",
                "512",
                "--no-prefix-caching",
                "--no-chunked-prefill")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = mock.inputReader(StandardCharsets.UTF_8)) {
      String url = said.readLine().replaceFirst("candor mock: (\\S+).*", "$1");
      List<String> rows = new ArrayList<>();
      for (double[] measured : MEASURED) {
        rows.add(row(measured, run(work, url, measured[0], seconds)));
        System.err.println(rows.getLast());
      }
      System.out.println(
          "| offered/s | TPOT measured | ours | off | tokens/s measured | ours | off | TTFT measured | ours | verdict |");
      System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
      rows.forEach(System.out::println);
    } finally {
      mock.destroy();
    }
  }

  private static JsonNode run(Path work, String url, double rate, int seconds)
      throws IOException, InterruptedException {
    Path scenario = work.resolve("sweep.yaml");
    Path out = work.resolve("run-" + rate);
    Files.writeString(
        scenario,
        """
        name: reference-sweep
        target: {url: "%s", model: mock-model, ignore_eos: true}
        workload:
          # What the mock counts as 204.
          mix: [{name: question, input: 171, output: "uniform(60.5, 64.5)"}]
        load:
          - {rate: %s/s, arrivals: constant, max_in_flight: 440, for: 10s, warmup: true}
          - {rate: %s/s, arrivals: constant, max_in_flight: 440, for: %ds}
        """
            .formatted(url, rate, rate, seconds));
    Process run =
        new ProcessBuilder(
                "./candor", "run", scenario.toString(), "--out", out.toString(), "--quiet")
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("run.log").toFile())
            .start();
    run.waitFor();
    return JsonMapper.shared().readTree(Files.readString(out.resolve("summary.json")));
  }

  private static String row(double[] measured, JsonNode summary) {
    JsonNode phase = summary.path("phases").path(0);
    double tpot = phase.path("latency").path("tpot").path("mean").doubleValue();
    double tokens = phase.path("rates").path("output_tps").doubleValue();
    double ttft = phase.path("latency").path("ttft").path("mean").doubleValue();
    return String.format(
        Locale.ROOT,
        "| %.1f | %.2f ms | %.2f ms | %+.1f %% | %.0f | %.0f | %+.1f %% | %.0f ms | %.0f ms | %s |",
        measured[0],
        measured[1],
        tpot,
        100 * (tpot / measured[1] - 1),
        measured[2],
        tokens,
        100 * (tokens / measured[2] - 1),
        measured[3],
        ttft,
        summary.path("verdict").stringValue());
  }
}
