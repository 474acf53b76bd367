package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts of one message while it is read, whose role may stand behind them. <b>For one
 * thread.</b>
 */
final class MessageText {
  private final List<String> texts = new ArrayList<>();

  /** Adds the texts of a content to {@code prompt}. */
  static void read(RequestBody body, List<PromptPart> prompt, String role) {
    MessageText text = new MessageText();
    text.addContent(body);
    text.moveTo(prompt, role);
  }

  void add(String text) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }

  /** Takes a content: a string, or parts of which some have text. */
  void addContent(RequestBody body) {
    if (body.isArray()) {
      body.array(() -> addPart(body));
    } else if (body.isObject()) {
      throw body.wrong("a string or an array of parts");
    } else {
      add(body.text());
    }
  }

  private void addPart(RequestBody body) {
    if (body.isText()) {
      add(body.text());
    } else {
      body.object(
          name -> {
            if (name.equals("text") || name.equals("refusal")) {
              add(body.text());
            }
          });
    }
  }

  /** Moves the texts to {@code prompt}. */
  void moveTo(List<PromptPart> prompt, String role) {
    for (String text : texts) {
      prompt.add(new PromptPart(role, text));
    }
    texts.clear();
  }
}
