package dev.candor.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import dev.candor.mock.MockServer;

/** Anthropic's client, pointed at a mock and checking all that it reads. */
record AnthropicSession(AnthropicClient client) implements AutoCloseable {

  static AnthropicSession open(MockServer mock, int maxRetries) {
    return open(mock, Mocks.KEY, maxRetries);
  }

  static AnthropicSession open(MockServer mock, String key, int maxRetries) {
    return new AnthropicSession(
        AnthropicOkHttpClient.builder()
            .baseUrl(Mocks.root(mock))
            .apiKey(key)
            .maxRetries(maxRetries)
            .responseValidation(true)
            .build());
  }

  @Override
  public void close() {
    client.close();
  }
}
