package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.NO_BLOCKS;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** ShareGPT's conversations: each thing that the model says is a request, its prompt all before. */
final class ShareGptConversations implements RequestReader {
  private final ChatJson chat;

  ShareGptConversations(ChatJson chat) {
    this.chat = chat;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode said = Fields.firstParsed(record, "conversations", "conversation");
    if (!said.isArray()) {
      throw Fields.missing("conversations");
    }
    String model = chat.label(Fields.text(record, "model"), "sharegpt");
    List<SourceRequest> requests = new ArrayList<>();
    List<Message> history = new ArrayList<>();
    String system = Fields.text(record, "system");
    if (system != null) {
      history.add(Message.of("system", chat.text(system)));
    }
    for (JsonNode each : said) {
      Message message = message(each);
      if (message.role().equals("assistant") && !history.isEmpty()) {
        requests.add(request(requests.size(), model, history, message));
      }
      history.add(message);
    }
    if (requests.isEmpty()) {
      to.passOver();
    }
    requests.forEach(to::accept);
  }

  private Message message(JsonNode said) {
    String from = Fields.text(said, "from", "role");
    String value = Fields.text(said, "value", "content", "text");
    if (from == null) {
      throw Fields.missing("from in a conversation");
    }
    return Message.of(role(from), value == null ? "" : chat.text(value));
  }

  private String role(String from) {
    return switch (from) {
      case "human", "user" -> "user";
      case "gpt", "chatgpt", "bing", "bard", "assistant", "model", "bot" -> "assistant";
      case "system" -> "system";
      case "tool", "function", "observation" -> "tool";
      default -> chat.label(from, "user");
    };
  }

  private static SourceRequest request(
      int turn, String model, List<Message> history, Message answer) {
    return new SourceRequest(
        new Link.Turn(turn, turn == 0 ? new int[0] : new int[] {turn - 1}, UNKNOWN),
        UNKNOWN_TIME,
        UNKNOWN_TIME,
        model,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        0,
        NO_BLOCKS,
        history,
        new Answer(answer.content(), answer.toolCalls()));
  }
}
