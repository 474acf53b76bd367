package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.MockEngine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code candor mock} adjusts a profile's engine; vLLM's names where it has them. */
final class EngineFlags {
  @Option(names = "--replicas", paramLabel = "N", description = "Engines behind the address.")
  @Nullable Integer replicas;

  @Option(
      names = "--routing",
      paramLabel = "WAY",
      description = "Between them: round-robin, least-loaded, prefix-aware or session-sticky.")
  @Nullable String routing;

  @Option(names = "--max-num-seqs", paramLabel = "N", description = "Requests in a batch.")
  @Nullable Integer maxNumSeqs;

  @Option(
      names = "--max-num-batched-tokens",
      paramLabel = "N",
      description = "Tokens computed in a step.")
  @Nullable Integer maxNumBatchedTokens;

  @Option(
      names = "--max-model-len",
      paramLabel = "N",
      description = "Tokens of a prompt and its answer.")
  @Nullable Integer maxModelLen;

  @Option(names = "--no-chunked-prefill", description = "A prompt is computed in one step.")
  boolean wholePrefill;

  @Option(
      names = "--long-prefill-token-threshold",
      paramLabel = "N",
      description = "Largest part of a prompt in a step; 0: no limit.")
  @Nullable Integer longPrefillThreshold;

  @Option(names = "--no-prefix-caching", description = "Prompts that begin alike share no memory.")
  boolean noPrefixCaching;

  @Option(names = "--block-size", paramLabel = "N", description = "Tokens in a KV block.")
  @Nullable Integer blockSize;

  @Option(names = "--kv-blocks", paramLabel = "N", description = "KV blocks of a replica.")
  @Nullable Integer kvBlocks;

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      description = "Requests that may wait; 0: no limit.")
  @Nullable Integer maxQueue;

  boolean isEmpty() {
    return adjusted(MockEngine.of("")).equals(MockEngine.of(""));
  }

  MockEngine adjusted(MockEngine engine) {
    return new MockEngine(
        engine.profile(),
        replicas == null ? engine.replicas() : MockCommand.atLeast("--replicas", replicas, 1),
        routing == null ? engine.routing() : routing(routing),
        or("--max-num-seqs", maxNumSeqs, 1, engine.maxNumSeqs()),
        or("--max-num-batched-tokens", maxNumBatchedTokens, 1, engine.maxNumBatchedTokens()),
        or("--max-model-len", maxModelLen, 1, engine.maxModelLen()),
        wholePrefill ? Boolean.FALSE : engine.chunkedPrefill(),
        or(
            "--long-prefill-token-threshold",
            longPrefillThreshold,
            0,
            engine.longPrefillThreshold()),
        noPrefixCaching ? Boolean.FALSE : engine.prefixCaching(),
        or("--block-size", blockSize, 1, engine.blockSize()),
        or("--kv-blocks", kvBlocks, 1, engine.kvBlocks()),
        or("--max-queue", maxQueue, 0, engine.maxQueue()));
  }

  private static @Nullable Integer or(
      String flag, @Nullable Integer value, int least, @Nullable Integer otherwise) {
    return value == null ? otherwise : (Integer) MockCommand.atLeast(flag, value, least);
  }

  private static MockEngine.Routing routing(String text) {
    for (MockEngine.Routing routing : MockEngine.Routing.values()) {
      if (routing.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return routing;
      }
    }
    throw CandorException.user(
        "--routing: found '%s', must be round-robin, least-loaded, prefix-aware or session-sticky"
            .formatted(text));
  }
}
