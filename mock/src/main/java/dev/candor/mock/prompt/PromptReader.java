package dev.candor.mock.prompt;

import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerText;
import dev.candor.protocol.serve.PromptPart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts prompts, and hashes them with their answers for a prefix cache. Thread-safe. */
public final class PromptReader {
  private static final int MOST_KNOWN = 4096;

  private final PromptTokenizer tokenizer;
  private final Map<String, Integer> known = new ConcurrentHashMap<>();

  public PromptReader(PromptTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The prompt's tokens as a chain, to be continued by the answer's. */
  public BlockHashes read(List<PromptPart> prompt, int blockSize) {
    BlockHashes chain = new BlockHashes(blockSize);
    for (PromptPart part : prompt) {
      chain.speaker(part.role());
      if (part.tokens() > 0) {
        for (String id : part.text().split(" ")) {
          chain.add(Integer.parseInt(id));
        }
      } else {
        chain.add(tokenizer.encode(part.text()));
      }
    }
    return chain;
  }

  /** As many tokens as {@link #read} finds. */
  public int count(List<PromptPart> prompt) {
    int tokens = 0;
    for (PromptPart part : prompt) {
      tokens += part.tokens() > 0 ? part.tokens() : tokenizer.encode(part.text()).length;
    }
    return tokens;
  }

  /** Lets the answer's tokens follow, so that a client that sends it back finds it cached. */
  public void continueWith(BlockHashes chain, AnswerPlan plan) {
    chain.speaker("assistant");
    AnswerText text = plan.text();
    for (int i = 0; i < plan.tokens(); i++) {
      chain.add(id(text.next()));
    }
  }

  private int id(String token) {
    Integer id = known.get(token);
    if (id == null) {
      int[] ids = tokenizer.encode(token);
      id = ids.length == 1 ? ids[0] : Arrays.hashCode(ids);
      if (known.size() < MOST_KNOWN) {
        known.put(token, id);
      }
    }
    return id;
  }
}
