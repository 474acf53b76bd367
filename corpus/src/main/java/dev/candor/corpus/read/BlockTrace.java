package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Traces of lengths with ids of prompt blocks: Mooncake's (times in milliseconds, blocks of 512)
 * and Bailian's (seconds, blocks of 16, and the chat that each one continues).
 */
final class BlockTrace implements RequestReader {
  private final ChatJson chat;
  private final boolean bailian;
  private final long scope;
  private final TimeOrder order = new TimeOrder();

  private BlockTrace(ChatJson chat, boolean bailian, long scope) {
    this.chat = chat;
    this.bailian = bailian;
    this.scope = scope;
  }

  static BlockTrace mooncake(ChatJson chat, long scope) {
    return new BlockTrace(chat, false, scope);
  }

  static BlockTrace bailian(ChatJson chat, long scope) {
    return new BlockTrace(chat, true, scope);
  }

  @Override
  public void read(JsonNode record, Requests to) {
    int blockTokens = bailian ? 16 : 512;
    int input = required(record, "input_length");
    int output = required(record, "output_length");
    JsonNode timestamp = record.path("timestamp");
    if (!timestamp.isNumber()) {
      throw Fields.missing("timestamp that is a number");
    }
    long start = Timestamps.scaled(timestamp.decimalValue(), bailian ? 9 : 6);
    long[] blocks = BlockIds.read(record, scope, input, blockTokens);
    Link link = bailian ? link(record) : new Link.Alone();
    String kind = bailian ? chat.label(Fields.text(record, "type"), "bailian") : "mooncake";
    to.accept(
        new SourceRequest(
            link,
            order.next(start),
            UNKNOWN_TIME,
            kind,
            input,
            output,
            UNKNOWN,
            blocks.length == 0 ? 0 : blockTokens,
            blocks,
            List.of(),
            null));
  }

  private static int required(JsonNode record, String name) {
    int tokens = Fields.tokens(record, name);
    if (tokens < 0) {
      throw Fields.missing(name);
    }
    return tokens;
  }

  private static Link link(JsonNode record) {
    String id = Fields.text(record, "chat_id");
    if (id == null) {
      throw Fields.missing("chat_id");
    }
    @Nullable String parent = Fields.text(record, "parent_chat_id");
    return new Link.Parent(id, "-1".equals(parent) ? null : parent);
  }
}
