package dev.candor.protocol.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.random.Seed;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that begin as valid ones and are then damaged are read or refused, and nothing else. */
final class RequestFuzzTest {
  private static final Map<String, Consumer<byte[]>> READERS =
      Map.of(
          """
          {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"é😀"}]},
           {"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}],
           "tools":[{"type":"function","function":{"name":"f","parameters":{"a":[1e9,-2.5]}}}],
           "tool_choice":{"type":"function","function":{"name":"f"}},"max_tokens":12,"n":1,
           "stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"low"}
          """,
          Dialect.CHAT::read,
          """
          {"model":"m","prompt":[[1,2,3]],"max_tokens":1,"echo":true,"best_of":1,"x":null}
          """,
          Dialect.COMPLETIONS::read,
          """
          {"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"a"}]},
           {"type":"function_call","name":"f","arguments":"{}"},
           {"type":"function_call_output","output":"b"}],"instructions":"c",
           "tools":[{"type":"function","name":"f","parameters":{}}],"tool_choice":"required",
           "reasoning":{"effort":"high"},"max_output_tokens":5}
          """,
          Dialect.RESPONSES::read,
          """
          {"model":"m","max_tokens":9,"system":[{"type":"text","text":"a"}],"messages":[
           {"role":"assistant","content":[{"type":"tool_use","name":"f","input":{"b":1.0e+2}}]},
           {"role":"user","content":[{"type":"tool_result","content":[{"text":"c"}]}]}],
           "tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},
           "thinking":{"type":"enabled","budget_tokens":1024}}
          """,
          Dialect.MESSAGES::read,
          """
          {"model":"m","input":["a","b"],"dimensions":8,"encoding_format":"base64"}
          """,
          EmbeddingsRequest::read);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void read_damagedBodies_areReadOrRefused(long seed) {
    RandomGenerator random = new Seed(seed).derive("fuzz").stream();
    READERS.forEach(
        (body, reader) -> {
          reader.accept(body.getBytes(UTF_8));
          for (int i = 0; i < 500; i++) {
            attempt(reader, Damage.done(body.getBytes(UTF_8), random), seed);
          }
        });
  }

  private static void attempt(Consumer<byte[]> reader, byte[] body, long seed) {
    try {
      reader.accept(body);
    } catch (InvalidRequestException e) {
      Assertions.assertThat(e).hasMessageMatching("(?s).{5,}");
    } catch (RuntimeException | StackOverflowError e) {
      Assertions.fail("seed " + seed + ", body " + new String(body, UTF_8), e);
    }
  }
}
