package dev.candor.protocol.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ProviderTest {
  private static final List<ServedModel> MODELS =
      List.of(new ServedModel("org/a", 1_700_000_000, 8192), new ServedModel("b\"", 0, 1024));

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error,invalid_request_error,",
    "401,authentication_error,invalid_request_error,invalid_api_key",
    "403,permission_error,invalid_request_error,",
    "404,not_found_error,invalid_request_error,",
    "413,request_too_large,invalid_request_error,",
    "429,rate_limit_error,requests,rate_limit_exceeded",
    "500,api_error,server_error,",
    "503,api_error,server_error,",
    "529,overloaded_error,server_error,",
  })
  void errorBody_byStatus_isInEachProvidersShape(
      int status, String anthropic, String openAi, String code) {
    ServiceError error = ServiceError.of(status, "no \"luck\"");
    assertThat(json(Provider.ANTHROPIC.errorBody(error, "req_1")))
        .isEqualTo(
            json(
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"no \\\"luck\\\"\"},\"request_id\":\"req_1\"}"
                    .formatted(anthropic)));
    assertThat(json(Provider.OPENAI.errorBody(error, "req_1")))
        .isEqualTo(
            json(
                "{\"error\":{\"message\":\"no \\\"luck\\\"\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                    .formatted(openAi, code == null ? "null" : "\"" + code + "\"")));
  }

  @Test
  void errorBody_ofAnInvalidRequest_namesTheField() {
    ServiceError error = ServiceError.of(new InvalidRequestException("messages[0].role", "bad"));
    assertThat(json(Provider.OPENAI.errorBody(error, "")).at("/error/param").stringValue())
        .isEqualTo("messages[0].role");
    ServiceError own = new ServiceError(429, "tokens", "insufficient_quota", null, "paid up?");
    assertThat(json(Provider.OPENAI.errorBody(own, "")).path("error").toString())
        .contains("\"type\":\"tokens\"", "\"code\":\"insufficient_quota\"");
  }

  @Test
  void models_openAi_haveTheContextsLength() {
    JsonNode models = json(Provider.OPENAI.models(MODELS));
    assertThat(models.path("object").stringValue()).isEqualTo("list");
    assertThat(models.path("data").get(0)).isEqualTo(json(Provider.OPENAI.model(MODELS.get(0))));
    assertThat(models.at("/data/0/max_model_len").intValue()).isEqualTo(8192);
    assertThat(models.at("/data/1/id").stringValue()).isEqualTo("b\"");
  }

  @Test
  void models_anthropic_areOnePage() {
    JsonNode models = json(Provider.ANTHROPIC.models(MODELS));
    assertThat(models.path("data").get(0)).isEqualTo(json(Provider.ANTHROPIC.model(MODELS.get(0))));
    assertThat(models.at("/data/0/created_at").stringValue()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(models.path("has_more").booleanValue()).isFalse();
    assertThat(models.path("last_id").stringValue()).isEqualTo("b\"");
    assertThat(json(Provider.ANTHROPIC.models(List.of())).path("first_id").isNull()).isTrue();
  }
}
