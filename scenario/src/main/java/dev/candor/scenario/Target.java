package dev.candor.scenario;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is tested, and how it is spoken to.
 *
 * @param urls base addresses, {@code http://127.0.0.1:8000/v1}, which take turns; none: the
 *     embedded mock
 * @param api the wire dialect
 * @param generic what {@link Api#GENERIC} means here, null for every other dialect
 * @param apiKey secret, never written anywhere
 * @param headers sent with every request, as resolved; values may be secret
 * @param body extra fields of every request body: JSON values (String, Number, Boolean, List, Map,
 *     null)
 * @param stream whether a dialect that can stream is asked to; see {@link #streams}
 * @param ignoreEos asks the server to generate exactly max_tokens
 * @param maxTokensField {@code max_completion_tokens} or {@code max_tokens}
 * @param usage whether to ask for {@code stream_options.include_usage}
 * @param verifyTls false trusts any certificate
 * @param certificateAuthority PEM file to trust in place of the system's, or null
 * @param mock settings of the embedded mock, used where there is no address
 * @param metrics where the server tells of itself
 */
public record Target(
    List<URI> urls,
    Api api,
    @Nullable GenericApi generic,
    String model,
    @Nullable String apiKey,
    Map<String, String> headers,
    Map<String, @Nullable Object> body,
    boolean stream,
    boolean ignoreEos,
    String maxTokensField,
    boolean usage,
    Timeouts timeouts,
    boolean verifyTls,
    @Nullable Path certificateAuthority,
    Connections connections,
    ClientSettings client,
    MockSettings mock,
    MetricsPages metrics) {

  public Target {
    urls = List.copyOf(urls);
    headers = Map.copyOf(headers);
    // In the scenario's order, and with JSON's null: Map.copyOf keeps neither.
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
  }

  /** A target whose metrics are read where they usually are. */
  public Target(
      List<URI> urls,
      Api api,
      @Nullable GenericApi generic,
      String model,
      @Nullable String apiKey,
      Map<String, String> headers,
      Map<String, @Nullable Object> body,
      boolean stream,
      boolean ignoreEos,
      String maxTokensField,
      boolean usage,
      Timeouts timeouts,
      boolean verifyTls,
      @Nullable Path certificateAuthority,
      Connections connections,
      ClientSettings client,
      MockSettings mock) {
    this(
        urls,
        api,
        generic,
        model,
        apiKey,
        headers,
        body,
        stream,
        ignoreEos,
        maxTokensField,
        usage,
        timeouts,
        verifyTls,
        certificateAuthority,
        connections,
        client,
        mock,
        MetricsPages.DEFAULT);
  }

  /** The same with the embedded mock in place of any address. */
  public Target mockedBy(MockSettings other) {
    return new Target(
        List.of(),
        api,
        generic,
        model,
        apiKey,
        headers,
        body,
        stream,
        ignoreEos,
        maxTokensField,
        usage,
        timeouts,
        verifyTls,
        certificateAuthority,
        connections,
        client,
        other,
        metrics);
  }

  /** What the embedded mock's model is called where the scenario does not say. */
  public static final String MOCK_MODEL = "mock-model";

  /** The first address, null for the embedded mock. */
  public @Nullable URI url() {
    return urls.isEmpty() ? null : urls.getFirst();
  }

  /** Whether answers come event by event. */
  public boolean streams() {
    return switch (api) {
      case OPENAI_EMBEDDINGS -> false;
      case GENERIC -> generic != null && generic.frames() != GenericApi.Frames.WHOLE;
      case OPENAI_CHAT,
          OPENAI_COMPLETIONS,
          OPENAI_RESPONSES,
          ANTHROPIC_MESSAGES,
          OLLAMA_CHAT,
          OLLAMA_GENERATE ->
          stream;
    };
  }

  /** Event loops; 0: as many as the cores allow. */
  public int loops() {
    return client.loops();
  }

  /** Keeps keys out of logs and messages. */
  @Override
  public String toString() {
    return "Target[" + (urls.isEmpty() ? "mock" : urls) + " " + api + " " + model + "]";
  }
}
