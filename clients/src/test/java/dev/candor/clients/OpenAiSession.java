package dev.candor.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.candor.mock.MockServer;

/**
 * OpenAI's client, pointed at a mock and checking all that it reads; here so that try closes it.
 */
record OpenAiSession(OpenAIClient client) implements AutoCloseable {

  static OpenAiSession open(MockServer mock, int maxRetries) {
    return new OpenAiSession(
        OpenAIOkHttpClient.builder()
            .baseUrl(mock.baseUrl().toString())
            .apiKey(Mocks.KEY)
            .maxRetries(maxRetries)
            .responseValidation(true)
            .build());
  }

  @Override
  public void close() {
    client.close();
  }
}
