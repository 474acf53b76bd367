package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EmbeddingsTest {
  private static EmbeddingsRequest read(String body) {
    return EmbeddingsRequest.read(body.getBytes(UTF_8));
  }

  private static JsonNode answer(String body) {
    Seed seed = new Seed(1);
    String written =
        EmbeddingsBody.write(read(body), "m", input -> seed.derive(input.text()).stream(), 5);
    return JsonMapper.shared().readTree(written);
  }

  @Test
  void read_inputsOfEveryKind() {
    assertThat(read("{\"model\":\"m\",\"input\":\"a\"}"))
        .isEqualTo(new EmbeddingsRequest("m", List.of(new PromptPart("user", "a")), 1536, false));
    assertThat(read("{\"input\":[\"a\",\"\"]}").inputs())
        .containsExactly(new PromptPart("user", "a"), new PromptPart("user", ""));
    assertThat(read("{\"input\":[5,6]}").inputs())
        .containsExactly(new PromptPart("user", "5 6", 2));
    assertThat(read("{\"input\":[[5,6],[7]],\"encoding_format\":\"base64\"}").inputs())
        .containsExactly(new PromptPart("user", "5 6", 2), new PromptPart("user", "7", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | input",
        "{\"input\":[]} | input",
        "{\"input\":{}} | input",
        "{\"input\":[[1],\"a\",[\"b\"]]} | input[2][0]",
        "{\"input\":\"a\",\"dimensions\":0} | dimensions",
        "{\"input\":\"a\",\"dimensions\":1000000000} | dimensions",
        "{\"input\":\"a\",\"encoding_format\":\"int8\"} | encoding_format",
      })
  void read_aWrongValue_isNamedByItsPath(String body, String field) {
    assertRefused(field, () -> read(body));
  }

  @Test
  void read_tooManyInputs_isInvalid() {
    assertThatThrownBy(() -> read("{\"input\":[" + "\"a\",".repeat(2048) + "\"a\"]}"))
        .hasMessage("'input': found 2049 inputs, must be from 1 to 2048");
  }

  @Test
  void write_vectors_haveLengthOneAndDependOnTheInputOnly() {
    JsonNode body = answer("{\"input\":[\"a\",\"b\",\"a\"]}");
    JsonNode first = body.at("/data/0/embedding");
    assertThat(first.size()).isEqualTo(1536);
    double squares = 0;
    for (JsonNode coordinate : first) {
      squares += coordinate.doubleValue() * coordinate.doubleValue();
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
    assertThat(body.at("/data/2/embedding")).isEqualTo(first);
    assertThat(body.at("/data/1/embedding")).isNotEqualTo(first);
    assertThat(body.at("/data/2/index").intValue()).isEqualTo(2);
    assertThat(body.at("/usage/prompt_tokens").intValue()).isEqualTo(5);
  }

  @Test
  void write_base64_holdsTheSameFloats() {
    JsonNode numbers = answer("{\"input\":\"a\",\"dimensions\":7}").at("/data/0/embedding");
    String base64 =
        answer("{\"input\":\"a\",\"dimensions\":7,\"encoding_format\":\"base64\"}")
            .at("/data/0/embedding")
            .stringValue();
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.remaining()).isEqualTo(28);
    for (JsonNode number : numbers) {
      assertThat(bytes.getFloat()).isEqualTo((float) number.doubleValue());
    }
  }
}
