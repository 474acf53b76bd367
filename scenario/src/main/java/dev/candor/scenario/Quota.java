package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a key may use of a model in a minute, as providers limit it. Every limit that is 0 is none.
 *
 * @param key the API key it is for, null: each key has this quota for itself
 * @param model null: each model has it for itself
 * @param requests a minute (RPM)
 * @param tokens a minute, input and output together (TPM, OpenAI's way)
 * @param inputTokens a minute without cached ones (ITPM, Anthropic's way)
 * @param outputTokens a minute (OTPM, Anthropic's way)
 */
public record Quota(
    @Nullable String key,
    @Nullable String model,
    long requests,
    long tokens,
    long inputTokens,
    long outputTokens,
    Kind kind) {

  /** How a limit comes back. */
  public enum Kind {
    /** All the time, drop by drop, up to a minute's worth. */
    TOKEN_BUCKET,
    /** All at once at the turn of each minute, counted from the service's start. */
    FIXED_WINDOW
  }
}
