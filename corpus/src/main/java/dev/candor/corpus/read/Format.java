package dev.candor.corpus.read;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code --format} names. */
public enum Format {
  OPENAI,
  BATCH,
  SHAREGPT,
  LITELLM,
  LANGFUSE,
  OTEL,
  LENGTHS,
  AZURE,
  BURSTGPT,
  MOONCAKE,
  BAILIAN,
  WEKA,
  PARQUET;

  /** Its name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name.
   *
   * @throws CandorException where there is none
   */
  public static Format ofKey(String key) {
    for (Format format : values()) {
      if (format.key().equals(key)) {
        return format;
      }
    }
    throw CandorException.user(
        "--format: found '%s', must be one of %s; %s"
            .formatted(key, names(), Suggestion.of(key, keys())));
  }

  private static List<String> keys() {
    return Arrays.stream(values()).map(Format::key).toList();
  }

  static String names() {
    return keys().stream().collect(Collectors.joining(", "));
  }

  boolean isTable() {
    return this == LENGTHS || this == AZURE || this == BURSTGPT;
  }
}
