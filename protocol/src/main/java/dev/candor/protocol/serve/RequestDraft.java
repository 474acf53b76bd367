package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.List;

/** What a reader knows of a request so far, its fields in any order. <b>For one thread.</b> */
final class RequestDraft {
  final RequestTools tools;
  final List<PromptPart> instructions = new ArrayList<>();
  final List<PromptPart> conversation = new ArrayList<>();

  /** Whether the model has a message of the user to answer, and not a tool's result. */
  boolean userSpokeLast;

  boolean includeUsage;
  boolean echo;
  int reasoningTokens;
  boolean cachesPrompt;
  private String model = "";
  private int maxTokens;
  private boolean stream;
  private boolean ignoreEos;

  RequestDraft(RequestTools tools) {
    this.tools = tools;
  }

  /** Takes the value of a field that every dialect has; false where {@code name} is none. */
  boolean take(RequestBody body, String name) {
    switch (name) {
      case "model" -> model = body.text();
      case "stream" -> stream = body.flag();
      case "ignore_eos" -> ignoreEos = body.flag();
      case "tools" -> tools.readDefinitions(body);
      case "tool_choice" -> tools.readChoice(body);
      default -> {
        return false;
      }
    }
    return true;
  }

  void takeMaxTokens(RequestBody body) {
    int tokens = body.number(1, GenerationRequest.LONGEST_ANSWER, 0, " of tokens");
    if (tokens > 0) {
      maxTokens = tokens;
    }
  }

  int maxTokens() {
    return maxTokens;
  }

  void takeStreamOptions(RequestBody body) {
    body.object(
        name -> {
          if (name.equals("include_usage")) {
            includeUsage = body.flag();
          }
        });
  }

  /** Of {@code n} and its like: the answers asked for, of which there is one here. */
  static void takeChoices(RequestBody body) {
    if (body.number(1, Integer.MAX_VALUE, 1, "") > 1) {
      throw body.wrong("1: one answer a request is all there is here");
    }
  }

  GenerationRequest request() {
    List<PromptPart> prompt = new ArrayList<>(tools.prompt());
    prompt.addAll(instructions);
    prompt.addAll(conversation);
    return new GenerationRequest(
        model,
        prompt,
        maxTokens,
        stream,
        includeUsage,
        ignoreEos,
        echo,
        tools.called(userSpokeLast),
        tools.forced(),
        reasoningTokens,
        cachesPrompt);
  }
}
