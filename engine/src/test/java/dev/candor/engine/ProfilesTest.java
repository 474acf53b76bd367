package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProfilesTest {
  private static final String MINIMAL =
      """
      source: {text: measured, url: here}
      fit: one request
      error: large
      model: {name: m, weights: 16GB, layers: 32, kv_heads: 8, head_dim: 128}
      gpu: {name: g, memory: 80GiB}
      step: {base: 7ms, per_token_pair: 1.31ns}
      limits: {max_num_seqs: 8, max_num_batched_tokens: 2048, max_model_len: 4096}
      """;

  @TempDir private Path folder;

  private Profile read(String text) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, text);
    return Profiles.named(file.toString());
  }

  static List<String> names() {
    return Profiles.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void builtIn_isWholeAndSaysWhereItComesFrom(String name) {
    Profile profile = Profiles.named(name);
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.source().text()).isNotBlank();
    assertThat(profile.source().url()).isNotBlank();
    assertThat(profile.fitRange()).isNotBlank();
    assertThat(profile.error()).isNotBlank();
  }

  @Test
  void builtIn_engine_hasItsBlocksFromMemory() {
    EngineProfile profile = (EngineProfile) Profiles.named("h100x4-llama3-70b");
    assertThat(profile.gpu().count()).isEqualTo(4);
    assertThat(profile.settings().kvCache().blocks()).isBetween(30_300, 30_500);
    assertThat(profile.settings().stepTime().perTokenPairNanos()).isEqualTo(1.66);
    assertThat(profile.settings().stepTime().requestOverheadNanos()).isEqualTo(18_600_000);
  }

  @Test
  void builtIn_hosted_hasDistributionsOnly() {
    LatencyProfile profile = (LatencyProfile) Profiles.named("hosted-api");
    assertThat(profile.ttftNanos().quantile(0.5)).isEqualTo(390e6);
    assertThat(profile.itlNanos().mean()).isEqualTo(12.3e6);
    assertThat(profile.outputTokens()).isNotNull();
  }

  /**
   * Ten prompts at once, as LambdaLabsML/vllm-benchmark sent them (results/prompt_10, vLLM 0.6.0
   * with ten steps a scheduling, which the inter-token latencies are divided by).
   */
  @ParameterizedTest
  @CsvSource({"h100x4-llama3-70b, 17.50, 140.6, 0.05", "a100-llama3-8b, 11.44, 139.1, 0.12"})
  void builtIn_againstAPublishedPoint_isWithinItsError(
      String name, double itlMillis, double ttftMillis, double error) {
    EventLog log = new EventLog();
    Engine engine = new Engine(((EngineProfile) Profiles.named(name)).settings(), new Seed(1), log);
    int[] prompts = {13, 25, 27, 10, 329, 29, 399, 328, 4, 205};
    int[] answers = {120, 507, 233, 194, 101, 741, 9, 3, 6, 31};
    for (int i = 0; i < prompts.length; i++) {
      engine.submit(0, Requests.alone(i, prompts[i], answers[i]));
    }
    Requests.drain(engine);
    double ttft = log.firstTokenNanos(5) / 1e6;
    double itl = (log.tokensOf(5).getLast() - log.firstTokenNanos(5)) / 740e6;
    String found = String.format(Locale.ROOT, "ITL %.2f ms, TTFT %.1f ms", itl, ttft);
    assertThat(Math.abs(itl / itlMillis - 1)).as(found).isLessThan(error);
    assertThat(Math.abs(ttft / ttftMillis - 1)).as(found).isLessThan(error);
  }

  @Test
  void longSharedPrefix_warm_cutsTtftByFourFifths() {
    EngineSettings profile = ((EngineProfile) Profiles.named("h100-llama3-8b")).settings();
    EventLog log = new EventLog();
    Engine engine =
        Requests.engine(profile.withLimits(profile.limits().withMaxModelLen(16_384)), log);
    engine.submit(0, Requests.sharing(1, 10_100, 10, 16, 7, 10_000));
    Requests.drain(engine);
    long start = log.finishedNanos.getOrDefault(1L, 0L);
    engine.submit(start, Requests.sharing(2, 10_100, 10, 16, 7, 10_000));
    Requests.drain(engine);
    assertThat(log.cachedTokens).containsEntry(2L, 10_000);
    long warm = log.firstTokenNanos(2) - start;
    assertThat((double) warm / log.firstTokenNanos(1)).isLessThan(0.2);
  }

  @Test
  void file_minimal_hasDefaults() throws IOException {
    EngineProfile profile = (EngineProfile) read(MINIMAL);
    assertThat(profile.name()).isEqualTo("mine");
    assertThat(profile.model().kvBytes()).isEqualTo(2);
    assertThat(profile.gpu().utilization()).isEqualTo(0.9);
    assertThat(profile.settings().stepTime().baseNanos()).isEqualTo(7e6);
    assertThat(profile.settings().stepTime().jitter()).isZero();
    assertThat(profile.settings().limits().chunkedPrefill()).isTrue();
    assertThat(profile.settings().kvCache())
        .isEqualTo(
            new KvCacheSettings(
                16, new KvMemory(profile.model(), profile.gpu(), 0, 0).blocks(16), true));
  }

  @Test
  void file_withMistakes_tellsAllOfThemWithTheirLines() {
    String wrong =
        MINIMAL
            .replace("url: here", "link: here")
            .replace("7ms", "7 parsecs")
            .replace("80GiB", "80")
            .replace("layers: 32", "layers: 0")
            .replace("max_num_seqs: 8, ", "")
            .replace("error: large", "errors: large")
            .replace("2048", "2048, chunked_prefill: maybe");
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("9 problems")
        .hasMessageContaining("mine.yaml:1:1: 'error' is missing")
        .hasMessageContaining("mine.yaml:1:9: source: 'url' is missing")
        .hasMessageContaining("source.link: unknown key 'link'; known are text, url")
        .hasMessageContaining("mine.yaml:3:9: errors: unknown key 'errors'; did you mean 'error'?")
        .hasMessageContaining("mine.yaml:4:41: model.layers: found 0, must be at least 1")
        .hasMessageContaining("gpu.memory: '80' is not an amount of memory; write it as 80GiB")
        .hasMessageContaining("step.base: '7 parsecs' is not a duration")
        .hasMessageContaining("limits: 'max_num_seqs' is missing")
        .hasMessageContaining("limits.chunked_prefill: found 'maybe', must be true or false");
  }

  @Test
  void file_whoseSettingsContradictEachOther_isRefused() {
    assertThatThrownBy(() -> read(MINIMAL.replace("2048", "2048, chunked_prefill: false")))
        .hasMessageContaining("mine.yaml:7:9: limits: max_num_batched_tokens is 2048, must be");
    assertThatThrownBy(() -> read(MINIMAL.replace("16GB", "200GB")))
        .hasMessageContaining(
            "mine.yaml:5:6: gpu: leaves no memory for KV beside the weights: 186.3")
        .hasMessageContaining("GiB of them, 72.0 GiB of memory that may be used; add GPUs");
    assertThatThrownBy(() -> read(MINIMAL + "latency: {ttft: 1s}\n"))
        .hasMessageContaining("unknown key 'model'; known are source, fit, error, latency")
        .hasMessageContaining("latency: 'itl' is missing");
    assertThatThrownBy(() -> read("fit: one\nerror: none\n"))
        .hasMessageContaining("'model' is missing; it needs keys of [name, weights");
  }

  @Test
  void file_withImpossibleValues_isRefusedWithTheirLines() {
    assertThatThrownBy(
            () ->
                read(
                    MINIMAL
                        .replace("memory: 80GiB", "memory: 0GiB, utilization: 1.2")
                        .replace("weights: 16GB", "weights: -16GB")
                        .replace("per_token_pair: 1.31ns", "per_token_pair: -1.31ns, jitter: 9")
                        .replace("max_num_seqs: 8", "max_num_seqs: 0")))
        .hasMessageContaining("mine.yaml:4:27: model.weights: '-16GB' is not an amount of memory")
        .hasMessageContaining("mine.yaml:5:24: gpu.memory: found 0GiB, must be more than 0")
        .hasMessageContaining("gpu.utilization: found 1.2, must be more than 0 and at most 1")
        .hasMessageContaining("step.per_token_pair: '-1.31ns' is not a duration")
        .hasMessageContaining("step.jitter: found 9, must be at most 2.0")
        .hasMessageContaining("limits.max_num_seqs: found 0, must be at least 1");
    assertThatThrownBy(
            () -> read(MINIMAL.replace("memory: 80GiB", "memory: 80GiB, utilization: 0")))
        .hasMessageContaining("gpu.utilization: found 0, must be more than 0");
    assertThatThrownBy(() -> read(MINIMAL.replace("base: 7ms", "base: 0")))
        .hasMessageContaining(
            "mine.yaml:6:14: step.base: a step takes time; base and floor are both 0");
  }

  @Test
  void named_unknown_suggests() {
    assertThatThrownBy(() -> Profiles.named("h100-llama3-8"))
        .isInstanceOf(CandorException.class)
        .hasMessage(
            "there is no profile 'h100-llama3-8'; did you mean 'h100-llama3-8b'?"
                + " (a file of your own ends in .yaml)");
    assertThatThrownBy(() -> Profiles.named("missing.yaml"))
        .hasMessageContaining("missing.yaml: there is no such file; name a profile (YAML)");
  }
}
