package dev.candor.protocol.serve;

/** The wire forms in which text is asked for and answered. */
public enum Dialect {
  /** OpenAI chat completions. */
  CHAT("/v1/chat/completions", Provider.OPENAI),
  /** OpenAI's older completions of a bare prompt. */
  COMPLETIONS("/v1/completions", Provider.OPENAI),
  /** OpenAI responses. */
  RESPONSES("/v1/responses", Provider.OPENAI),
  /** Anthropic messages. */
  MESSAGES("/v1/messages", Provider.ANTHROPIC);

  private final String path;
  private final Provider provider;

  Dialect(String path, Provider provider) {
    this.path = path;
    this.provider = provider;
  }

  /** Where requests are posted to. */
  public String path() {
    return path;
  }

  /** Whose errors and models this dialect has. */
  public Provider provider() {
    return provider;
  }

  /**
   * Reads a request; fields that a mock has no use for may be anything.
   *
   * @throws InvalidRequestException where it is not this dialect's, asks for what there is not
   *     here, or for an answer of less than 1 or more than {@link GenerationRequest#LONGEST_ANSWER}
   *     tokens
   */
  public GenerationRequest read(byte[] body) {
    return switch (this) {
      case CHAT -> ChatReader.read(body);
      case COMPLETIONS -> CompletionReader.read(body);
      case RESPONSES -> ResponsesReader.read(body);
      case MESSAGES -> MessagesReader.read(body);
    };
  }

  /** A writer of the answer to {@code request}. */
  public AnswerWriter writer(AnswerIdentity identity, GenerationRequest request) {
    return switch (this) {
      case CHAT -> new ChatWriter(identity, request);
      case COMPLETIONS -> new CompletionWriter(identity, request);
      case RESPONSES -> new ResponsesWriter(identity, request);
      case MESSAGES -> new MessagesWriter(identity, request);
    };
  }
}
