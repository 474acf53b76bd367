package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import org.jspecify.annotations.Nullable;

/**
 * A limit that was looked for.
 *
 * @param kind whose it is
 * @param fit null where none was found
 * @param searchedUpTo a minute, beyond which none was looked for
 * @param requests that it took to find it
 * @param toldPerMinute by the target's headers, null where they told nothing
 * @param note what a reader must know, or null
 */
public record FoundLimit(
    Kind kind,
    @Nullable LimitFit fit,
    double searchedUpTo,
    int requests,
    @Nullable Long toldPerMinute,
    @Nullable String note) {

  /** What is limited. */
  public enum Kind {
    REQUESTS("requests", "RPM"),
    TOKENS("tokens", "TPM"),
    INPUT_TOKENS("input_tokens", "ITPM"),
    OUTPUT_TOKENS("output_tokens", "OTPM");

    private final String key;
    private final String acronym;

    Kind(String key, String acronym) {
      this.key = key;
      this.acronym = acronym;
    }

    public String key() {
      return key;
    }

    public String acronym() {
      return acronym;
    }
  }
}
