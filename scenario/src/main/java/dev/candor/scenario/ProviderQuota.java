package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What the target's provider lets its customer use in a minute, as its contract says; null where
 * there is no such limit.
 *
 * @param requests a minute (RPM)
 * @param tokens a minute, input and output together (TPM)
 * @param inputTokens a minute, where they are limited apart (ITPM)
 * @param outputTokens a minute, where they are limited apart (OTPM)
 */
public record ProviderQuota(
    @Nullable Long requests,
    @Nullable Long tokens,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens) {
  /** A target without limits. */
  public static final ProviderQuota NONE = new ProviderQuota(null, null, null, null);
}
