package dev.candor.record;

import org.jspecify.annotations.Nullable;

/**
 * What happened in one attempt; a row of attempts.parquet. Instants are nanoseconds since the start
 * of the run, {@link #NONE} where they never came; counts are {@link #NONE} where unknown.
 *
 * @param request number of the logical request in the run, from 0
 * @param attempt which try at it, from 1
 * @param phase index into the run's phases
 * @param requestClass class of the mix, or the source's name
 * @param session number of the conversation in the run, from 0; a request by itself is one
 * @param turn number of the request in it, from 0
 * @param user of a closed loop, or of arrivals by user; {@link #NONE} where nobody's
 * @param loop event loop that drove it
 * @param intended when the load wanted it to start
 * @param sent last byte of the request handed to the socket
 * @param headers response headers complete
 * @param first first token event
 * @param second second token event
 * @param firstAnswer first event of answer text after any reasoning
 * @param last last token event
 * @param end terminal event or end of the body; for a failure, when it was known
 * @param connectNanos time the attempt waited for a new connection, {@link #NONE} on a reused one
 * @param httpStatus 0 where none came
 * @param error code and message of the failure, at most 300 characters, or null
 * @param finishReason as the server said, or null
 * @param inputTokensAsked prompt tokens that the workload asked for, by our tokenizer
 * @param inputTokens prompt tokens by the server's usage
 * @param cachedTokens of those, served from its prefix cache
 * @param sharedTokens of the prompt, by our tokenizer, in leading blocks that earlier requests of
 *     the run had too: what the best possible cache would serve; {@link #NONE} where not counted
 * @param outputTokens output tokens, reasoning included, by {@code tokenSource}
 * @param reasoningTokens of those, reasoning, by the server
 * @param maxTokens answer length asked for
 * @param bytesReceived of the response body
 * @param target index of the address that it went to, among the target's
 * @param resends how often it was sent again on a new connection, since the server had closed the
 *     kept one as it was used
 * @param http where its time went before the answer
 * @param eventNanos instants of the token events, in order
 * @param eventTokens tokens that each of them carried; their sum is {@code outputTokens}
 * @param silentNanos instants of the answer's stream events without text: a role, an empty delta, a
 *     finish reason
 * @param signalNanos instants of the stream events that are none of the answer's: usage alone,
 *     ping, life cycle
 * @param requested when the load wanted its request to start: {@code intended} of the request's
 *     first attempt
 * @param retried whether its request was to be attempted again after it; the attempt that was not
 *     is the last of its request, and how that ended is how the request did
 * @param cacheWriteTokens prompt tokens that the server wrote into its prefix cache, where it bills
 *     them apart
 */
public record AttemptRecord(
    long request,
    int attempt,
    int phase,
    String requestClass,
    long session,
    int turn,
    long user,
    int loop,
    long intended,
    long sent,
    long headers,
    long first,
    long second,
    long firstAnswer,
    long last,
    long end,
    long connectNanos,
    Outcome outcome,
    int httpStatus,
    @Nullable String error,
    @Nullable String finishReason,
    int inputTokensAsked,
    int inputTokens,
    int cachedTokens,
    int sharedTokens,
    int outputTokens,
    int reasoningTokens,
    TokenSource tokenSource,
    int maxTokens,
    long bytesReceived,
    int target,
    int resends,
    HttpPhases http,
    long[] eventNanos,
    int[] eventTokens,
    long[] silentNanos,
    long[] signalNanos,
    long requested,
    boolean retried,
    int cacheWriteTokens) {

  /** The only attempt of its request. */
  public AttemptRecord(
      long request,
      int attempt,
      int phase,
      String requestClass,
      long session,
      int turn,
      long user,
      int loop,
      long intended,
      long sent,
      long headers,
      long first,
      long second,
      long firstAnswer,
      long last,
      long end,
      long connectNanos,
      Outcome outcome,
      int httpStatus,
      @Nullable String error,
      @Nullable String finishReason,
      int inputTokensAsked,
      int inputTokens,
      int cachedTokens,
      int sharedTokens,
      int outputTokens,
      int reasoningTokens,
      TokenSource tokenSource,
      int maxTokens,
      long bytesReceived,
      int target,
      int resends,
      HttpPhases http,
      long[] eventNanos,
      int[] eventTokens,
      long[] silentNanos,
      long[] signalNanos) {
    this(
        request,
        attempt,
        phase,
        requestClass,
        session,
        turn,
        user,
        loop,
        intended,
        sent,
        headers,
        first,
        second,
        firstAnswer,
        last,
        end,
        connectNanos,
        outcome,
        httpStatus,
        error,
        finishReason,
        inputTokensAsked,
        inputTokens,
        cachedTokens,
        sharedTokens,
        outputTokens,
        reasoningTokens,
        tokenSource,
        maxTokens,
        bytesReceived,
        target,
        resends,
        http,
        eventNanos,
        eventTokens,
        silentNanos,
        signalNanos,
        intended,
        false,
        NONE);
  }

  /** The same without the instants of its events. */
  public AttemptRecord withoutEvents() {
    return new AttemptRecord(
        request,
        attempt,
        phase,
        requestClass,
        session,
        turn,
        user,
        loop,
        intended,
        sent,
        headers,
        first,
        second,
        firstAnswer,
        last,
        end,
        connectNanos,
        outcome,
        httpStatus,
        error,
        finishReason,
        inputTokensAsked,
        inputTokens,
        cachedTokens,
        sharedTokens,
        outputTokens,
        reasoningTokens,
        tokenSource,
        maxTokens,
        bytesReceived,
        target,
        resends,
        http,
        NO_INSTANTS,
        NO_TOKENS,
        NO_INSTANTS,
        NO_INSTANTS,
        requested,
        retried,
        cacheWriteTokens);
  }

  private static final long[] NO_INSTANTS = {};
  private static final int[] NO_TOKENS = {};

  /** An instant that never came, a count that nobody knows. */
  public static final int NONE = -1;
}
