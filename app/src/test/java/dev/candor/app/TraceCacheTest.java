package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.corpus.Corpus;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.PrefixCacheModel;
import dev.candor.corpus.shape.RequestShape;
import dev.candor.corpus.shape.TrafficShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A production trace replayed at ten times its speed against the engine simulator: its cache finds
 * what the trace's own blocks say that a cache of its size can.
 */
final class TraceCacheTest {
  private static final Path TRACE = Path.of("../examples/traces/mooncake_conversation_200.jsonl");

  /**
   * So fast that no request is still being answered when the next one that shares with it comes.
   */
  private static final String PROFILE =
      """
      source: {text: made for this test, url: "https://example.com"}
      fit: none
      error: none
      model: {name: fast, weights: 16.06GB, layers: 32, kv_heads: 8, head_dim: 128, kv_bytes: 2}
      gpu: {name: none, count: 1, memory: 80GiB, utilization: 0.9, activations: 5.5GiB, other: 0.15GiB}
      step:
        floor: 10us
        base: 10us
        per_prefill_token: 1ns
        per_context_token: 0ns
        per_sequence: 0us
        per_token_pair: 0ns
        jitter: 0
        request_overhead: 10us
      limits:
        {max_num_seqs: 1024, max_num_batched_tokens: 200000, max_model_len: 131072, chunked_prefill: true}
      kv: {block_size: 16, prefix_caching: true}
      """;

  @TempDir Path temp;

  private Corpus corpus() {
    Path corpus = temp.resolve("trace.parquet");
    Invocation imported =
        Invocation.of("corpus", "import", TRACE.toString(), "--out", corpus.toString(), "--quiet");
    assertThat(imported.error()).isEmpty();
    return Corpus.existing(corpus);
  }

  /** The hit rate over all prompt tokens, by the mock's truth. */
  private double measured(int kvBlocks) throws IOException {
    Files.writeString(temp.resolve("fast.yaml"), PROFILE);
    Path truth = temp.resolve("truth-" + kvBlocks + ".jsonl");
    Path scenario =
        Files.writeString(
            temp.resolve("replay.yaml"),
            """
            target:
              mock: {profile: fast.yaml, engine: {kv_blocks: %d}, truth: '%s'}
            workload:
              salt: false
              trace: {file: '%s', format: mooncake}
              max_tokens: 4
            load: [{replay: {speed: 10x}}]
            """
                .formatted(kvBlocks, truth, TRACE.toAbsolutePath()));
    Invocation run =
        Invocation.of(
            "run", scenario.toString(), "--out", temp.resolve("run-" + kvBlocks).toString());
    assertThat(run.carriedOut()).as(run.error() + run.output()).isTrue();
    long prompts = 0;
    long cached = 0;
    int requests = 0;
    for (String line : Files.readAllLines(truth)) {
      JsonNode each = JsonMapper.shared().readTree(line);
      if (each.path("path").asString("").endsWith("/chat/completions")) {
        requests++;
        prompts += each.path("prompt_tokens").asLong();
        cached += each.path("cached_tokens").asLong();
      }
    }
    assertThat(requests).isEqualTo(200);
    return (double) cached / prompts;
  }

  /** Straight from the definition, over the trace's own file. */
  private static double ceilingByHand() throws IOException {
    Set<String> seen = new HashSet<>();
    long tokens = 0;
    long found = 0;
    for (String line : Files.readAllLines(TRACE)) {
      JsonNode row = JsonMapper.shared().readTree(line);
      int length = row.path("input_length").asInt();
      tokens += length;
      StringBuilder prefix = new StringBuilder();
      boolean known = true;
      int at = 0;
      for (JsonNode id : row.path("hash_ids")) {
        prefix.append(id.asLong()).append('/');
        known &= !seen.add(prefix.toString());
        found += known ? Math.min(512, length - at) : 0;
        at += 512;
      }
    }
    return (double) found / tokens;
  }

  @Test
  void replay_cacheThatHoldsAll_findsWhatTheTraceShares() throws IOException {
    TrafficShape shape = CorpusShape.of(corpus(), 0);
    assertThat(shape.prefixCeiling().orElseThrow()).isCloseTo(ceilingByHand(), within(1e-12));
    assertThat(measured(400_000)).isCloseTo(shape.wholeBlockCeiling().orElseThrow(), within(0.02));
  }

  @Test
  void replay_cacheThatHoldsLittle_findsWhatItsSizeAllows() throws IOException {
    int kvBlocks = 12_000;
    PrefixCacheModel model = new PrefixCacheModel(kvBlocks * 16L, 16);
    corpus().forEachWithoutTexts(row -> model.add(RequestShape.of(row)));
    double ample = measured(400_000);
    double scarce = measured(kvBlocks);
    assertThat(model.hitRate()).isLessThan(ample - 0.01);
    assertThat(scarce).isCloseTo(model.hitRate(), within(0.01));
  }
}
