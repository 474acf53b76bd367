package dev.candor.record;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where attempts are read from, a field after the other. Each call is of the next one; what is not
 * known is {@link AttemptRecord#NONE}.
 *
 * @param <E> how reading fails
 */
interface AttemptFields<E extends Exception> {
  long number() throws E;

  @Nullable String text() throws E;

  /** Nanoseconds since the start of the run. */
  long[] instants() throws E;

  /** The token events; the last of an attempt's fields. */
  Events events() throws E;

  /** When token events came, in nanoseconds since the start of the run, and what they carried. */
  record Events(long[] nanos, int[] tokens) {}

  /** Reads the fields of one attempt. */
  default AttemptRecord next() throws E {
    long request = number();
    int attempt = (int) number();
    int phase = (int) number();
    String requestClass = known(text());
    long session = number();
    int turn = (int) number();
    long user = number();
    int loop = (int) number();
    long intended = number();
    long sent = number();
    long headers = number();
    long first = number();
    long second = number();
    long firstAnswer = number();
    long last = number();
    long end = number();
    long connect = number();
    Outcome outcome = Outcome.ofKey(known(text()));
    int status = (int) number();
    String error = text();
    String finishReason = text();
    int asked = (int) number();
    int input = (int) number();
    int cached = (int) number();
    int shared = (int) number();
    int output = (int) number();
    int reasoning = (int) number();
    TokenSource source = TokenSource.ofKey(known(text()));
    int maxTokens = (int) number();
    long received = number();
    int target = (int) number();
    int resends = (int) number();
    HttpPhases http = new HttpPhases(number(), number(), number(), number(), number(), number());
    long requested = number();
    boolean retried = number() == 1;
    int cacheWrite = (int) number();
    long[] silent = instants();
    long[] signals = instants();
    Events events = events();
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
        connect,
        outcome,
        status,
        error,
        finishReason,
        asked,
        input,
        cached,
        shared,
        output,
        reasoning,
        source,
        maxTokens,
        received,
        target,
        resends,
        http,
        events.nanos(),
        events.tokens(),
        silent,
        signals,
        requested,
        retried,
        cacheWrite);
  }

  private static String known(@Nullable String text) {
    return Objects.requireNonNull(text, "an attempt's class, outcome and token source are known");
  }
}
