package dev.candor.protocol.serve;

/** Which tool an answer is to call. */
sealed interface ToolChoice {
  /** As the model likes. */
  record Auto() implements ToolChoice {}

  record None() implements ToolChoice {}

  /** One of them, whichever. */
  record Any() implements ToolChoice {}

  record Named(String name) implements ToolChoice {}

  /**
   * Reads the choice in any dialect: a word, or an object with a type and a name, which some nest
   * one level down.
   */
  static ToolChoice read(RequestBody body) {
    if (!body.isObject()) {
      return ofWord(body, body.text());
    }
    Fields fields = new Fields();
    body.object(name -> fields.read(body, name));
    if (!fields.name.isEmpty()) {
      return new Named(fields.name);
    }
    return switch (fields.type) {
      case "none" -> new None();
      case "any" -> new Any();
      case "tool", "function" -> throw body.missing("name");
      default -> fields.mode.equals("required") ? new Any() : new Auto();
    };
  }

  private static ToolChoice ofWord(RequestBody body, String word) {
    return switch (word) {
      case "", "auto" -> new Auto();
      case "none" -> new None();
      case "required", "any" -> new Any();
      default -> throw body.wrong("none, auto, required or an object that names a tool");
    };
  }

  /** What the object may hold. */
  final class Fields {
    private String type = "";
    private String name = "";
    private String mode = "";

    private void read(RequestBody body, String field) {
      switch (field) {
        case "type" -> type = body.text();
        case "name" -> name = body.text();
        case "mode" -> mode = body.text();
        case "function", "allowed_tools" ->
            body.object(
                inner -> {
                  if (!inner.equals("type")) {
                    read(body, inner);
                  }
                });
        default -> {}
      }
    }
  }
}
