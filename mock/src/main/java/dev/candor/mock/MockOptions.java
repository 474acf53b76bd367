package dev.candor.mock;

import dev.candor.mock.prompt.PromptTokenizer;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a mock is started.
 *
 * @param port 0: any free one
 * @param model its name; requests for another are answered all the same
 * @param requiredKey answers 401 to any other, null: takes all
 * @param tokenizer counts prompts
 * @param tls serves HTTPS with it; null: plain HTTP
 */
public record MockOptions(
    MockSettings settings,
    long seed,
    int port,
    String model,
    @Nullable String requiredKey,
    PromptTokenizer tokenizer,
    @Nullable TlsIdentity tls) {

  /** Any port, no key, words for tokens, plain HTTP. */
  public static MockOptions of(MockSettings settings, long seed) {
    return new MockOptions(settings, seed, 0, "mock-model", null, PromptTokenizer.words(), null);
  }

  public MockOptions withPort(int other) {
    return new MockOptions(settings, seed, other, model, requiredKey, tokenizer, tls);
  }

  public MockOptions withModel(String other) {
    return new MockOptions(settings, seed, port, other, requiredKey, tokenizer, tls);
  }

  public MockOptions withRequiredKey(String other) {
    return new MockOptions(settings, seed, port, model, other, tokenizer, tls);
  }

  public MockOptions withTokenizer(PromptTokenizer other) {
    return new MockOptions(settings, seed, port, model, requiredKey, other, tls);
  }

  /** This fault, in every answer, in place of the settings'. */
  public MockOptions withFault(MockFault fault) {
    return new MockOptions(
        settings.withFault(fault), seed, port, model, requiredKey, tokenizer, tls);
  }

  public MockOptions withTls(TlsIdentity other) {
    return new MockOptions(settings, seed, port, model, requiredKey, tokenizer, other);
  }
}
