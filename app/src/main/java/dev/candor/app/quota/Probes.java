package dev.candor.app.quota;

import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.record.AttemptRecord;
import dev.candor.token.Tokenizer;
import dev.candor.workload.Prompt;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes probing requests. <b>For one thread.</b> */
final class Probes {
  private static final byte[] NO_BODY = {};

  private final Tokenizer tokenizer;

  /** Null: a simulated target reads the prompt itself. */
  private final @Nullable Dialect dialect;

  private final Map<Integer, Integer> tokensOfWords = new HashMap<>();
  private long next;

  Probes(Tokenizer tokenizer, @Nullable Dialect dialect) {
    this.tokenizer = tokenizer;
    this.dialect = dialect;
  }

  PreparedRequest make(Shape shape) {
    long number = next++;
    // Ahead of all else, so that no cache has seen its beginning.
    String text = String.format(Locale.ROOT, "%08d", number) + " word".repeat(shape.words() - 1);
    int tokens =
        tokensOfWords.computeIfAbsent(shape.words(), ignored -> Math.max(1, tokenizer.count(text)));
    Prompt prompt =
        new Prompt(
            shape.name(), List.of(new Prompt.Message("user", text)), tokens, shape.maxTokens());
    return new PreparedRequest(
        number,
        shape.name(),
        tokens,
        AttemptRecord.NONE,
        shape.maxTokens(),
        dialect == null ? NO_BODY : dialect.encode(prompt),
        shape.cut()
            ? new PreparedRequest.Leaving(Long.MAX_VALUE, 1)
            : PreparedRequest.Leaving.NEVER,
        PreparedRequest.Turn.ONLY,
        dialect == null ? prompt : null);
  }
}
