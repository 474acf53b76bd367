package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is served besides answers, and how refusals look. */
final class MockEndpointsTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));
  private static final String[] KEY = {"authorization", "Bearer right"};

  private MockServer mock;
  private MockClient client;

  @BeforeEach
  void start() {
    mock =
        MockServer.start(
            MockOptions.of(FAST, 1).withModel("a \"quoted\" model").withRequiredKey("right"));
    client = new MockClient(mock);
  }

  @AfterEach
  void stop() {
    client.close();
    mock.close();
  }

  @Test
  void models_listsTheOne() {
    HttpResponse<String> response = client.get("/v1/models", KEY);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode list = JsonMapper.shared().readTree(response.body());
    assertThat(list.path("object").stringValue()).isEqualTo("list");
    assertThat(list.path("data").size()).isEqualTo(1);
    assertThat(list.path("data").path(0).path("id").stringValue()).isEqualTo("a \"quoted\" model");
  }

  @Test
  void healthAndTruth_needNoKey() {
    assertThat(client.get("/health").body()).isEqualTo("ok");
    assertThat(client.get("/truth").statusCode()).isEqualTo(200);
  }

  @Test
  void wrongKey_401() {
    assertRefused(client.get("/v1/models"), 401, null, "invalid_api_key");
    assertRefused(
        client.chat(MockClient.whole(1), "authorization", "Bearer wrong"),
        401,
        null,
        "invalid_api_key");
    assertThat(client.chat(MockClient.whole(1), KEY).statusCode()).isEqualTo(200);
  }

  @Test
  void unknownPathOrMethod_404() {
    assertRefused(client.get("/v1/nothing", KEY), 404, null, null);
    assertRefused(client.get("/v1/chat/completions", KEY), 404, null, null);
  }

  @Test
  void badBody_400() {
    assertRefused(client.chat("{\"messages\":", KEY), 400, null, null);
    assertRefused(client.chat("{\"model\":\"m\"}", KEY), 400, "messages", null);
    assertRefused(client.chat(MockClient.whole(0), KEY), 400, "max_completion_tokens", null);
    HttpResponse<String> absurd =
        client.chat(MockClient.body("\"max_tokens\":2000000000,\"stream\":true"), KEY);
    assertRefused(absurd, 400, "max_tokens", null);
    assertThat(absurd.body()).contains("2000000000").contains("from 1 to 1000000");
  }

  /** OpenAI's error shape. */
  private static void assertRefused(
      HttpResponse<String> response, int status, @Nullable String param, @Nullable String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    JsonNode body = JsonMapper.shared().readTree(response.body());
    assertThat(body.propertyNames()).containsExactly("error");
    JsonNode error = body.path("error");
    assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").stringValue()).isNotBlank();
    assertThat(error.path("type").stringValue()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").isNull() ? null : error.path("code").stringValue())
        .isEqualTo(code);
    assertThat(error.path("param").isNull() ? null : error.path("param").stringValue())
        .isEqualTo(param);
  }
}
