package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Weka's traces of coding agents, a conversation a record: requests one after the other, and
 * between them sub-agents with requests of their own. Those that stand beside each other run at
 * once, after the request before them; the request behind them waits for them all.
 */
final class WekaConversations implements RequestReader {
  private final ChatJson chat;
  private final Fingerprint fingerprint;
  private final long file;
  private long conversations;

  /**
   * @param file tells the conversations of this file from those of others
   */
  WekaConversations(ChatJson chat, Fingerprint fingerprint, long file) {
    this.chat = chat;
    this.fingerprint = fingerprint;
    this.file = file;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode requests = Fields.firstParsed(record, "requests");
    if (!requests.isArray()) {
      throw Fields.missing("requests");
    }
    int blockTokens = Fields.tokens(record, "block_size");
    boolean global = "global".equals(Fields.text(record, "hash_id_scope"));
    long scope = fingerprint.start("weka");
    if (!global) {
      scope = Fingerprint.chain(Fingerprint.chain(scope, file), conversations++);
    }
    Conversation conversation =
        new Conversation(blockTokens < 1 ? 64 : blockTokens, scope, relative(requests, 0, false));
    conversation.walk(requests, List.of(), 0, "main");
    if (conversation.made.isEmpty()) {
      to.passOver();
    }
    conversation.made.forEach(to::accept);
  }

  /**
   * Whether sub-agents count their times from their own start. They do where one of their requests
   * would else be before its sub-agent.
   */
  private static boolean relative(JsonNode requests, double startSeconds, boolean inner) {
    for (JsonNode each : requests) {
      double at = each.path("t").isNumber() ? each.path("t").doubleValue() : startSeconds;
      if (inner && at < startSeconds) {
        return true;
      }
      if (relative(each.path("requests"), at, true)) {
        return true;
      }
    }
    return false;
  }

  /** A request that others wait for. */
  private record Made(int turn, long endNanos) {}

  private final class Conversation {
    final List<SourceRequest> made = new ArrayList<>();
    private final int blockTokens;
    private final long scope;
    private final boolean relative;

    Conversation(int blockTokens, long scope, boolean relative) {
      this.blockTokens = blockTokens;
      this.scope = scope;
      this.relative = relative;
    }

    /** Makes the requests of one agent; returns those that whatever follows it waits for. */
    List<Made> walk(JsonNode requests, List<Made> before, long originNanos, String kind) {
      List<Made> last = before;
      List<Made> joined = new ArrayList<>();
      for (JsonNode each : requests) {
        if ("subagent".equals(Fields.text(each, "type"))) {
          JsonNode inner = Fields.firstParsed(each, "requests");
          long at = start(each, originNanos);
          long origin = relative && at != UNKNOWN_TIME ? at : originNanos;
          for (Made end : walk(inner, last, origin, "subagent")) {
            if (!last.contains(end)) {
              joined.add(end);
            }
          }
        } else {
          last = List.of(request(each, joined.isEmpty() ? last : joined, originNanos, kind));
          joined = new ArrayList<>();
        }
      }
      return joined.isEmpty() ? last : joined;
    }

    private Made request(JsonNode request, List<Made> after, long originNanos, String kind) {
      int input = Fields.tokens(request, "in", "input_tokens");
      int output = Fields.tokens(request, "out", "output_tokens");
      if (input < 1) {
        throw new BadRecord(
            Reason.BAD_LENGTH, "found a request without in tokens, must have at least 1");
      }
      long start = start(request, originNanos);
      long api = nanos(request.path("api_time"));
      long[] blocks = BlockIds.read(request, scope, input, blockTokens);
      int turn = made.size();
      made.add(
          new SourceRequest(
              new Link.Turn(
                  turn, after.stream().mapToInt(Made::turn).toArray(), wait(request, start, after)),
              UNKNOWN_TIME,
              UNKNOWN_TIME,
              chat.label(Fields.text(request, "model"), kind),
              input,
              output,
              UNKNOWN,
              blocks.length == 0 ? 0 : blockTokens,
              blocks,
              List.of(),
              null));
      return new Made(
          turn, start == UNKNOWN_TIME || api == UNKNOWN_TIME ? UNKNOWN_TIME : start + api);
    }

    /** The recorded time to think, else from the last answer that it waits for to its start. */
    private long wait(JsonNode request, long start, List<Made> after) {
      if (after.isEmpty()) {
        return UNKNOWN;
      }
      long think = nanos(request.path("think_time"));
      if (think != UNKNOWN_TIME) {
        return Math.max(0, think);
      }
      long ended = Long.MIN_VALUE;
      for (Made each : after) {
        if (each.endNanos() == UNKNOWN_TIME) {
          return UNKNOWN;
        }
        ended = Math.max(ended, each.endNanos());
      }
      return start == UNKNOWN_TIME ? UNKNOWN : Math.max(0, start - ended);
    }

    private static long start(JsonNode request, long originNanos) {
      long at = nanos(request.path("t"));
      return at == UNKNOWN_TIME ? UNKNOWN_TIME : originNanos + at;
    }

    private static long nanos(JsonNode seconds) {
      if (!seconds.isNumber()) {
        return UNKNOWN_TIME;
      }
      BigDecimal value = seconds.decimalValue();
      return Timestamps.scaled(value, 9);
    }
  }
}
