package dev.candor.analysis.quota;

/**
 * What a limit may count. Providers differ: OpenAI reserves {@code max_tokens} (<a
 * href="https://platform.openai.com/docs/guides/rate-limits">guide</a>), Anthropic counts input and
 * output apart and output as it is produced (<a
 * href="https://platform.claude.com/docs/en/api/rate-limits">limits</a>).
 */
public enum Counting {
  REQUESTS("requests", "requests, one each"),
  /** Never put right by what was really answered. */
  RESERVED("reserved", "input and max_tokens as a request comes, never put right"),
  /** Put right by what was really answered. */
  SETTLED("settled", "input and max_tokens as a request comes, put right as its answer ends"),
  USED("used", "input as a request comes, output as it is produced"),
  INPUT("input", "input alone"),
  OUTPUT("output", "output alone, as it is produced");

  private final String key;
  private final String words;

  Counting(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Its name in JSON. */
  public String key() {
    return key;
  }

  public String words() {
    return words;
  }

  /** What must be left for {@code ask} to pass. */
  public long needed(Ask ask) {
    return switch (this) {
      case REQUESTS, OUTPUT -> 1;
      case RESERVED, SETTLED -> (long) ask.input() + ask.maxTokens();
      case USED, INPUT -> ask.input();
    };
  }

  /** What an admitted {@code ask} takes as it comes. */
  long takenAtStart(Ask ask) {
    return this == OUTPUT ? 0 : needed(ask);
  }

  /** What it takes beyond that as its answer ends; negative: what it gives back. */
  long takenAtEnd(Ask ask) {
    return switch (this) {
      case REQUESTS, RESERVED, INPUT -> 0;
      case SETTLED -> (long) ask.output() - ask.maxTokens();
      case USED, OUTPUT -> ask.output();
    };
  }

  /** All that it takes in the end. */
  public long taken(Ask ask) {
    return takenAtStart(ask) + takenAtEnd(ask);
  }
}
