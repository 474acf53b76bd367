package dev.candor.mock.quota;

/** What a limit counts. */
public enum LimitKind {
  REQUESTS("requests", "RPM"),
  /** Input and output together, OpenAI's way. */
  TOKENS("tokens", "TPM"),
  /** Anthropic's way, without those read from a cache. */
  INPUT_TOKENS("input-tokens", "ITPM"),
  /** Anthropic's way. */
  OUTPUT_TOKENS("output-tokens", "OTPM");

  private final String headerName;
  private final String acronym;

  LimitKind(String headerName, String acronym) {
    this.headerName = headerName;
    this.acronym = acronym;
  }

  /** Its part of a header's name: {@code input-tokens}. */
  public String headerName() {
    return headerName;
  }

  /** As people say it, a minute's worth: {@code TPM}. */
  public String acronym() {
    return acronym;
  }

  /** As a sentence names it: {@code input tokens}. */
  public String words() {
    return headerName.replace('-', ' ');
  }
}
