package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools of a request, and which of them its answer calls. <b>For one thread.</b> */
final class RequestTools {
  /** In characters; a schema becomes a tree when its tool is called. */
  private static final int LONGEST_SCHEMA = 1 << 20;

  private final String callableType;
  private final List<ToolDefinition> callable = new ArrayList<>();
  private final List<PromptPart> prompt = new ArrayList<>();
  private ToolChoice choice = new ToolChoice.Auto();

  /**
   * @param callableType the {@code type} of tools that the client runs; the dialect's server would
   *     run others
   */
  RequestTools(String callableType) {
    this.callableType = callableType;
  }

  void readDefinitions(RequestBody body) {
    body.array(() -> readDefinition(body));
  }

  void readChoice(RequestBody body) {
    choice = ToolChoice.read(body);
  }

  /** The definitions as the model reads them. */
  List<PromptPart> prompt() {
    return prompt;
  }

  boolean forced() {
    return choice instanceof ToolChoice.Any || choice instanceof ToolChoice.Named;
  }

  /**
   * The tool that the answer calls, or null.
   *
   * @throws InvalidRequestException where the choice asks for a tool that there is not
   */
  @Nullable ToolDefinition called(boolean userSpokeLast) {
    return switch (choice) {
      case ToolChoice.None() -> null;
      case ToolChoice.Auto() -> userSpokeLast && !callable.isEmpty() ? callable.getFirst() : null;
      case ToolChoice.Any() -> {
        if (callable.isEmpty()) {
          throw new InvalidRequestException(
              "tool_choice", "'tool_choice' asks for a tool call, but 'tools' defines none");
        }
        yield callable.getFirst();
      }
      case ToolChoice.Named(String name) ->
          callable.stream()
              .filter(tool -> tool.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name));
    };
  }

  private InvalidRequestException unknown(String name) {
    String known =
        callable.stream().limit(10).map(ToolDefinition::name).collect(Collectors.joining(", "));
    return new InvalidRequestException(
        "tool_choice",
        "'tool_choice': found "
            + JsonStrings.quoted(name)
            + ", must be one of 'tools': "
            + (known.isEmpty() ? "there are none" : known));
  }

  private void readDefinition(RequestBody body) {
    Definition definition = new Definition();
    body.object(name -> definition.read(body, name));
    if (definition.type.isEmpty() || definition.type.equals(callableType)) {
      if (definition.name.isEmpty()) {
        throw body.missing("name");
      }
      callable.add(new ToolDefinition(definition.name, definition.schema));
    }
    String name = definition.name.isEmpty() ? definition.type : definition.name;
    String text = name + ": " + definition.description + "\n" + definition.schema;
    prompt.add(new PromptPart("tool", text));
  }

  /** One tool, in any dialect's spelling. */
  private static final class Definition {
    private String type = "";
    private String name = "";
    private String description = "";
    private String schema = "{}";

    void read(RequestBody body, String field) {
      switch (field) {
        case "type" -> type = body.text();
        case "name" -> name = body.text();
        case "description" -> description = body.text();
        case "parameters", "input_schema" -> schema = schema(body);
        case "function" -> body.object(inner -> read(body, inner));
        default -> {}
      }
    }

    private static String schema(RequestBody body) {
      if (!body.isObject()) {
        body.object(_ -> {});
        return "{}";
      }
      String schema = body.json();
      if (schema.length() > LONGEST_SCHEMA) {
        String field = body.path();
        throw new InvalidRequestException(
            field,
            "'%s': found %s characters, must be at most %s"
                .formatted(field, schema.length(), LONGEST_SCHEMA));
      }
      return schema;
    }
  }
}
