package dev.candor.protocol.serve;

/** How much reasoning a mock takes OpenAI's words for effort to ask for. */
final class ReasoningEffort {
  private ReasoningEffort() {}

  /** In tokens; small, so that tests stay quick. */
  static int tokens(RequestBody body) {
    return switch (body.text()) {
      case "", "none", "minimal" -> 0;
      case "low" -> 16;
      case "medium" -> 64;
      case "high" -> 256;
      case "xhigh" -> 512;
      default -> throw body.wrong("none, minimal, low, medium, high or xhigh");
    };
  }
}
