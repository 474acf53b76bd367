package dev.candor.load.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.load.transport.Dialect;
import dev.candor.protocol.ResponseReader;
import dev.candor.workload.Prompt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of a dialect as a feed uses. */
final class EchoDialect implements Dialect {
  @Override
  public Map<String, String> headers(@Nullable String apiKey) {
    return Map.of();
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public boolean streamed() {
    return true;
  }

  @Override
  public byte[] encode(Prompt prompt) {
    return prompt.messages().getFirst().content().getBytes(UTF_8);
  }

  @Override
  public ResponseReader newReader() {
    throw new AssertionError("a feed reads nothing");
  }

  @Override
  public String describeError(byte[] body) {
    return "";
  }
}
