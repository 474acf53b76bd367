package dev.candor.telemetry.otlp;

import dev.candor.record.AttemptRecord;
import dev.candor.scenario.Api;
import dev.candor.scenario.Scenario;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URI;
import java.util.List;

/**
 * Names and attributes of OpenTelemetry's conventions for generative AI
 * (https://github.com/open-telemetry/semantic-conventions-genai), which are still in development:
 * those of the client.
 */
final class GenAi {
  static final String DURATION = "gen_ai.client.operation.duration";
  static final String TOKENS = "gen_ai.client.token.usage";
  static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
  static final String NEXT_CHUNK = "gen_ai.client.operation.time_per_output_chunk";

  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<Long> MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");
  static final AttributeKey<String> CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");
  static final AttributeKey<List<String>> FINISH =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> TO_FIRST_CHUNK =
      AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> CACHED =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
  static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> PHASE = AttributeKey.stringKey("candor.phase");
  static final AttributeKey<Boolean> WARMUP = AttributeKey.booleanKey("candor.warmup");
  static final AttributeKey<String> CLASS = AttributeKey.stringKey("candor.class");

  private GenAi() {}

  /** What is asked of a target of this dialect. */
  static String operation(Api api) {
    return switch (api) {
      case OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, OLLAMA_CHAT, GENERIC -> "chat";
      case OPENAI_COMPLETIONS, OLLAMA_GENERATE -> "text_completion";
      case OPENAI_EMBEDDINGS -> "embeddings";
    };
  }

  /** Whose format it is: that is all that a client knows of who answers. */
  static String provider(Api api) {
    return switch (api) {
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS -> "openai";
      case ANTHROPIC_MESSAGES -> "anthropic";
      case OLLAMA_CHAT, OLLAMA_GENERATE -> "ollama";
      case GENERIC -> "generic";
    };
  }

  /** Those of the operation, the same for every request to one address. */
  static Attributes of(Scenario scenario, AttemptRecord attempt) {
    Api api = scenario.target().api();
    AttributesBuilder attributes =
        Attributes.builder()
            .put(OPERATION, operation(api))
            .put(PROVIDER, provider(api))
            .put(MODEL, scenario.target().model());
    List<URI> urls = scenario.target().urls();
    if (attempt.target() >= 0 && attempt.target() < urls.size()) {
      URI url = urls.get(attempt.target());
      int port = url.getPort() != -1 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
      attributes.put(ADDRESS, url.getHost()).put(PORT, (long) port);
    }
    return attributes.build();
  }
}
