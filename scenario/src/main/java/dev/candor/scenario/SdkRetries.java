package dev.candor.scenario;

import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Beyond;
import dev.candor.scenario.Retries.Jitter;
import dev.candor.scenario.Retries.On;
import dev.candor.scenario.Retries.Reach;
import dev.candor.scenario.Retries.Use;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What official clients do where nobody tells them otherwise; sources in docs/retries.md. */
public enum SdkRetries {
  /** openai-python 1.x, which waits up to a minute as it is told. */
  OPENAI("openai"),
  /** openai-java: what the server asks is cut to 8 s. */
  OPENAI_JAVA("openai-java"),
  /** anthropic-sdk-python: of the same generator as openai-python. */
  ANTHROPIC("anthropic"),
  /** google-genai for Python, with its retry options at their defaults. */
  GOOGLE_GENAI("google-genai"),
  /** Spring AI 1.x. */
  SPRING_AI("spring-ai");

  private final String key;

  SdkRetries(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  public Retries retries() {
    return switch (this) {
      case OPENAI, ANTHROPIC -> stainless(60, Beyond.BACKOFF);
      case OPENAI_JAVA -> stainless(8, Beyond.CAP);
      case GOOGLE_GENAI ->
          new Retries(
              key,
              5,
              new Backoff.Exponential(second(1), 2, second(60), new Jitter.More(second(1))),
              new On(Set.of(), List.of(408, 429, 500, 502, 503, 504), false),
              Reach.HEADERS,
              deaf(),
              null,
              null);
      case SPRING_AI ->
          new Retries(
              key,
              10,
              new Backoff.Exponential(second(2), 5, second(180), new Jitter.None()),
              new On(Set.of(), List.of(), true),
              Reach.HEADERS,
              deaf(),
              null,
              null);
    };
  }

  /** Their names, as a scenario says them. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(SdkRetries::key).toList();
  }

  /** 0.5 s, doubled up to 8 s, up to a quarter of it off by chance; 3 attempts. */
  private Retries stainless(long longestSeconds, Beyond beyond) {
    return new Retries(
        key,
        3,
        new Backoff.Exponential(second(1) / 2, 2, second(8), new Jitter.Less(0.25)),
        On.DEFAULT,
        Reach.HEADERS,
        new Advice(Use.EXACT, false, second(longestSeconds), beyond, true),
        null,
        null);
  }

  private static Advice deaf() {
    return new Advice(Use.IGNORE, false, Advice.DEFAULT.longestNanos(), Beyond.BACKOFF, false);
  }

  private static long second(long seconds) {
    return seconds * 1_000_000_000L;
  }
}
