package dev.candor.corpus.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as its source tells it.
 *
 * @param startNanos since any instant that the whole source shares; {@link #UNKNOWN_TIME} where
 *     unknown
 * @param endNanos of its answer, on the same clock
 * @param requestClass a kind or a model, filtered
 * @param inputTokens as the source counted; {@link #UNKNOWN} where it did not
 * @param blockTokens tokens a block of {@code blocks}; 0 where the source has none
 * @param blocks ids that stand for the prompt up to the end of each block
 * @param messages empty where the source has lengths alone
 */
public record SourceRequest(
    Link link,
    long startNanos,
    long endNanos,
    String requestClass,
    int inputTokens,
    int outputTokens,
    int cachedTokens,
    int blockTokens,
    long[] blocks,
    List<Message> messages,
    @Nullable Answer answer) {

  public static final int UNKNOWN = -1;
  public static final long UNKNOWN_TIME = Long.MIN_VALUE;
  static final long[] NO_BLOCKS = {};

  public SourceRequest {
    messages = List.copyOf(messages);
  }

  /** A request of known lengths and nothing else. */
  static SourceRequest ofLengths(
      Link link, long startNanos, long endNanos, String requestClass, int input, int output) {
    return new SourceRequest(
        link,
        startNanos,
        endNanos,
        requestClass,
        input,
        output,
        UNKNOWN,
        0,
        NO_BLOCKS,
        List.of(),
        null);
  }
}
