package dev.candor.mock;

import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a mock is started.
 *
 * @param port 0: any free one
 * @param model its name; requests for another are answered all the same
 * @param requiredKey answers 401 to any other, null: takes all
 * @param promptTokens counts the contents of a request's messages
 * @param fault what goes wrong in every answer
 * @param tls serves HTTPS with it; null: plain HTTP
 */
public record MockOptions(
    MockSettings settings,
    long seed,
    int port,
    int loops,
    String model,
    @Nullable String requiredKey,
    ToIntFunction<List<String>> promptTokens,
    @Nullable MockFault fault,
    @Nullable TlsIdentity tls) {

  /** One loop, any port, no key, no fault, a token for four characters, plain HTTP. */
  public static MockOptions of(MockSettings settings, long seed) {
    return new MockOptions(
        settings, seed, 0, 1, "mock-model", null, MockOptions::quarter, null, null);
  }

  private static int quarter(List<String> contents) {
    return contents.stream().mapToInt(content -> (content.length() + 3) / 4).sum();
  }

  public MockOptions withPort(int other) {
    return new MockOptions(
        settings, seed, other, loops, model, requiredKey, promptTokens, fault, tls);
  }

  public MockOptions withModel(String other) {
    return new MockOptions(
        settings, seed, port, loops, other, requiredKey, promptTokens, fault, tls);
  }

  public MockOptions withRequiredKey(String other) {
    return new MockOptions(settings, seed, port, loops, model, other, promptTokens, fault, tls);
  }

  public MockOptions withPromptTokens(ToIntFunction<List<String>> other) {
    return new MockOptions(settings, seed, port, loops, model, requiredKey, other, fault, tls);
  }

  public MockOptions withFault(MockFault other) {
    return new MockOptions(
        settings, seed, port, loops, model, requiredKey, promptTokens, other, tls);
  }

  public MockOptions withTls(TlsIdentity other) {
    return new MockOptions(
        settings, seed, port, loops, model, requiredKey, promptTokens, fault, other);
  }
}
