package dev.candor.clients.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TruthRecord;
import dev.candor.scenario.MockSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's OpenAI model, on OpenAI's own Java client, against the mock. */
final class SpringAiOpenAiTest {
  private static final int TOKENS = 20;
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6))
          .withOutputTokens(new Distribution.Constant(TOKENS))
          .withTokensPerChunk(3);

  private MockServer mock;
  private ChatClient client;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(SETTINGS, 1).withRequiredKey("right"));
    client =
        ChatClient.create(
            OpenAiChatModel.builder()
                .options(
                    OpenAiChatOptions.builder()
                        .baseUrl(mock.baseUrl().toString())
                        .apiKey("right")
                        .model("mock-model")
                        .maxRetries(0)
                        .customHeaders(Map.of("x-candor-request", "5"))
                        .build())
                .build());
  }

  @AfterEach
  void stop() {
    mock.close();
  }

  @Test
  void stream_agreesWithTheWholeAnswer_andTheTruth() {
    List<String> pieces = client.prompt("how are you").stream().content().collectList().block();
    String whole = client.prompt("how are you").call().content();

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces)).isEqualTo(whole).isNotBlank();
    await().until(() -> mock.truth().size() == 2);
    assertThat(mock.truth())
        .allSatisfy(truth -> assertThat(truth.outputTokens()).isEqualTo(TOKENS))
        .extracting(TruthRecord::complete)
        .containsOnly(true);
  }
}
