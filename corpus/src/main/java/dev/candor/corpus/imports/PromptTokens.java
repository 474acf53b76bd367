package dev.candor.corpus.imports;

import dev.candor.corpus.read.Answer;
import dev.candor.corpus.read.Fingerprint;
import dev.candor.corpus.read.Message;
import dev.candor.corpus.read.ToolCall;
import dev.candor.token.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts a prompt's tokens and makes ids of its blocks: its messages one after the other, of each
 * its role, its text, the names and arguments of its tool calls. For one thread.
 */
final class PromptTokens {
  /*
   * A conversation's next request repeats all before it, and many conversations begin alike: what
   * was encoded last is kept, up to a number of tokens and characters.
   */
  private static final int KEPT = 1 << 25;

  private final Tokenizer tokenizer;
  private final int blockTokens;
  private final long start;
  private final Map<String, int[]> encoded = new LinkedHashMap<>(1 << 10, 0.75f, true);
  private long kept;
  private long[] blocks = new long[64];
  private int blockCount;
  private long hash;
  private int inBlock;
  private int contentTokens;

  PromptTokens(Tokenizer tokenizer, int blockTokens, Fingerprint fingerprint) {
    this.tokenizer = tokenizer;
    this.blockTokens = blockTokens;
    this.start = fingerprint.start("blocks");
  }

  /** Takes a prompt; {@link #count} and {@link #blocks} tell of it then. */
  void take(List<Message> messages) {
    hash = start;
    blockCount = 0;
    inBlock = 0;
    contentTokens = 0;
    for (Message message : messages) {
      add(encode(message.role()));
      contentTokens += add(encode(message.content()));
      for (ToolCall call : message.toolCalls()) {
        contentTokens += add(encode(call.name()));
        contentTokens += add(encode(call.arguments()));
      }
    }
  }

  private int add(int[] tokens) {
    for (int token : tokens) {
      hash = Fingerprint.chain(hash, token);
      inBlock++;
      if (inBlock == blockTokens) {
        if (blockCount == blocks.length) {
          blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        blocks[blockCount++] = hash;
        inBlock = 0;
      }
    }
    return tokens.length;
  }

  /** Tokens of the prompt's texts; roles and what a server's template adds are not among them. */
  int count() {
    return contentTokens;
  }

  /** Ids of the whole blocks among the prompt's first {@code tokens}. */
  long[] blocks(int tokens) {
    return Arrays.copyOf(blocks, Math.min(blockCount, tokens / blockTokens));
  }

  int count(Answer answer) {
    int tokens = tokenizer.count(answer.text());
    for (ToolCall call : answer.toolCalls()) {
      tokens += tokenizer.count(call.name()) + tokenizer.count(call.arguments());
    }
    return tokens;
  }

  private int[] encode(String text) {
    int[] tokens = encoded.get(text);
    if (tokens != null) {
      return tokens;
    }
    tokens = tokenizer.encode(text);
    int size = text.length() + 2 * tokens.length + 64;
    if (size < KEPT / 8) {
      encoded.put(text, tokens);
      kept += size;
      var eldest = encoded.entrySet().iterator();
      while (kept > KEPT) {
        Map.Entry<String, int[]> entry = eldest.next();
        kept -= entry.getKey().length() + 2 * entry.getValue().length + 64;
        eldest.remove();
      }
    }
    return tokens;
  }
}
