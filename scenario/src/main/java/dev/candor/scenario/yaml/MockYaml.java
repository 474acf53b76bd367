package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.MockSettings.Times;
import dev.candor.scenario.Quota;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mock's settings as entries that {@link MockReader} reads back to the same settings. */
final class MockYaml {
  private MockYaml() {}

  static Map<String, Object> entries(MockSettings mock) {
    Map<String, Object> section = new LinkedHashMap<>();
    switch (mock.times()) {
      case Times.Recorded(Path run) -> section.put("recorded", run.toString());
      case Times.Drawn(Distribution ttft, Distribution itl) -> {
        section.put("ttft", QuantityText.nanos(ttft));
        section.put("itl", QuantityText.nanos(itl));
      }
      case Times.Simulated(MockEngine engine) -> {
        section.put("profile", engine.profile());
        section.put("engine", engine(engine));
      }
    }
    MockSettings.Answers answers = mock.answers();
    if (answers.outputTokens() != null) {
      section.put("output_tokens", QuantityText.tokens(answers.outputTokens()));
    }
    section.put("tokens_per_chunk", answers.tokensPerChunk());
    section.put("reasoning_tokens", answers.reasoningTokens());
    section.put("tool_calls", answers.toolCallShare());
    section.put("text", ConstantText.of(answers.text()));
    section.put("max_concurrency", mock.maxConcurrency());
    if (!mock.quotas().isEmpty()) {
      section.put("quotas", mock.quotas().stream().map(MockYaml::quota).toList());
    }
    if (!mock.faults().isEmpty()) {
      section.put("faults", mock.faults().stream().map(FaultYaml::entry).toList());
    }
    section.put("metrics", ConstantText.of(mock.metrics()));
    if (mock.truth() != null) {
      section.put("truth", mock.truth().toString());
    }
    return section;
  }

  private static Map<String, Object> engine(MockEngine engine) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("replicas", engine.replicas());
    section.put("routing", ConstantText.of(engine.routing()));
    section.putAll(limits(engine));
    return section;
  }

  /** What differs from the profile. */
  static Map<String, Object> limits(MockEngine engine) {
    Map<String, Object> section = new LinkedHashMap<>();
    putIfGiven(section, "max_num_seqs", engine.maxNumSeqs());
    putIfGiven(section, "max_num_batched_tokens", engine.maxNumBatchedTokens());
    putIfGiven(section, "max_model_len", engine.maxModelLen());
    putIfGiven(section, "chunked_prefill", engine.chunkedPrefill());
    putIfGiven(section, "long_prefill_token_threshold", engine.longPrefillThreshold());
    putIfGiven(section, "prefix_caching", engine.prefixCaching());
    putIfGiven(section, "block_size", engine.blockSize());
    putIfGiven(section, "kv_blocks", engine.kvBlocks());
    putIfGiven(section, "max_queue", engine.maxQueue());
    return section;
  }

  private static Map<String, Object> quota(Quota quota) {
    Map<String, Object> entry = new LinkedHashMap<>();
    putIfGiven(entry, "key", quota.key());
    putIfGiven(entry, "model", quota.model());
    putLimit(entry, "rpm", quota.requests());
    putLimit(entry, "tpm", quota.tokens());
    putLimit(entry, "input_tpm", quota.inputTokens());
    putLimit(entry, "output_tpm", quota.outputTokens());
    entry.put("limit", ConstantText.of(quota.kind()));
    return entry;
  }

  private static void putLimit(Map<String, Object> entry, String key, long limit) {
    if (limit > 0) {
      entry.put(key, limit);
    }
  }

  static void putIfGiven(Map<String, Object> section, String key, @Nullable Object value) {
    if (value != null) {
      section.put(key, value);
    }
  }
}
