package dev.candor.clients.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.tool.annotation.Tool;

/** Spring AI's chat client against the mock. */
final class SpringAiTest {
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(1e5))
          .withOutputTokens(new Distribution.Constant(20))
          .withTokensPerChunk(3);
  private static final FaultRule REFUSED_TWICE =
      FaultRule.always(new MockFault.ErrorStatus(429, 20_000_000L, null)).matching(Match.first(2));

  private static MockServer mock() {
    return mock(SETTINGS);
  }

  private static MockServer mock(MockSettings settings) {
    return MockServer.start(MockOptions.of(settings, 1).withRequiredKey(Provider.KEY));
  }

  private static MockServer refusingTwice() {
    return mock(SETTINGS.withFaults(List.of(REFUSED_TWICE)));
  }

  private static ChatClientRequestSpec ask(Provider provider, MockServer mock, int maxRetries) {
    return ChatClient.create(provider.model(mock, maxRetries)).prompt("how is the weather");
  }

  private static List<String> stream(ChatClientRequestSpec request) {
    return request.stream().content().toStream().toList();
  }

  @ParameterizedTest
  @EnumSource
  void stream_agreesWithTheWholeAnswer(Provider provider) {
    try (MockServer mock = mock()) {
      List<String> pieces = stream(ask(provider, mock, 0));
      assertThat(pieces).hasSizeGreaterThan(1);
      assertThat(String.join("", pieces))
          .isEqualTo(ask(provider, mock, 0).call().content())
          .isNotBlank();
    }
  }

  /** What Spring AI may call; keeps what was asked. */
  static final class Forecast {
    private final List<Integer> days = new CopyOnWriteArrayList<>();

    @Tool(description = "The weather of a city in some days")
    String weather(String city, int inDays) {
      assertThat(city).isNotBlank();
      days.add(inDays);
      return "blue sky";
    }
  }

  @ParameterizedTest
  @EnumSource
  void tool_isReallyCalled_thenTheAnswerIsText(Provider provider) {
    Forecast forecast = new Forecast();
    try (MockServer mock = mock()) {
      assertThat(ask(provider, mock, 0).tools(forecast).call().content()).isNotBlank();
    }
    assertThat(forecast.days).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void tool_inAStream_isReallyCalled_thenTheAnswerIsText(Provider provider) {
    Forecast forecast = new Forecast();
    try (MockServer mock = mock()) {
      List<String> pieces = stream(ask(provider, mock, 0).tools(forecast));
      assertThat(String.join("", pieces)).isNotBlank();
    }
    assertThat(forecast.days).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void refusedTwice_threeRetries_succeeds(Provider provider) {
    try (MockServer mock = refusingTwice()) {
      assertThat(ask(provider, mock, 3).call().content()).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedTwice_threeRetries_streams(Provider provider) {
    try (MockServer mock = refusingTwice()) {
      assertThat(stream(ask(provider, mock, 3))).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedTwice_oneRetry_isARateLimit(Provider provider) {
    try (MockServer mock = refusingTwice()) {
      assertThatThrownBy(() -> ask(provider, mock, 1).call().content())
          .isInstanceOf(provider.refusal());
    }
  }
}
