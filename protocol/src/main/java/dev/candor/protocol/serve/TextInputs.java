package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads inputs as completions and embeddings take them: a string, an array of strings, an array of
 * token ids, or an array of such arrays. <b>For one thread.</b>
 */
final class TextInputs {
  private final List<PromptPart> inputs = new ArrayList<>();
  private final StringBuilder ids = new StringBuilder();
  private int idCount;

  private TextInputs() {}

  static List<PromptPart> read(RequestBody body) {
    return new TextInputs().all(body);
  }

  private List<PromptPart> all(RequestBody body) {
    if (body.isArray()) {
      body.array(() -> element(body));
      closeIds();
    } else {
      inputs.add(new PromptPart("user", body.text()));
    }
    return inputs;
  }

  private void element(RequestBody body) {
    if (body.isWholeNumber() && inputs.isEmpty()) {
      id(body);
    } else if (idCount > 0) {
      throw body.wrong("a token id, as those before it");
    } else if (body.isArray()) {
      body.array(() -> id(body));
      closeIds();
    } else {
      inputs.add(new PromptPart("user", body.text()));
    }
  }

  private void id(RequestBody body) {
    int id = body.number(0, Integer.MAX_VALUE, 0, "");
    ids.append(idCount++ == 0 ? "" : " ").append(id);
  }

  private void closeIds() {
    if (idCount > 0) {
      inputs.add(new PromptPart("user", ids.toString(), idCount));
      ids.setLength(0);
      idCount = 0;
    }
  }
}
