package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a mock: with one answer, or with the service as a whole. */
public sealed interface MockFault {

  /** With the answer to one request. */
  sealed interface OfAnswer extends MockFault {}

  /** That leaves nothing of the answer, or not even a response. */
  sealed interface Replacing extends OfAnswer {}

  /** That comes in the middle of an answer. */
  sealed interface MidStream extends OfAnswer {

    /** How many tokens of the answer go before it. */
    int afterTokens();
  }

  /** With the whole service, or one of its replicas, while the rule's window is open. */
  sealed interface OfService extends MockFault {}

  /**
   * An error in place of the answer.
   *
   * @param retryAfterNanos what its headers ask to wait; null: they ask nothing
   * @param body null: the provider's own shape
   */
  record ErrorStatus(int status, @Nullable Long retryAfterNanos, @Nullable String body)
      implements Replacing {}

  /** The whole answer, its head included, comes this much later. */
  record SlowHeaders(Distribution delayNanos) implements OfAnswer {}

  /** No response at all, the connection open. */
  record NoAnswer() implements Replacing {}

  /**
   * The connection is reset (TCP RST; over HTTP/2 the stream is).
   *
   * @param afterTokens negative: before the response
   */
  record Reset(int afterTokens) implements Replacing, MidStream {}

  /** A closed connection after some tokens. */
  record Disconnect(int afterTokens) implements MidStream {}

  /**
   * Silence after some tokens, the connection open.
   *
   * @param forNanos 0: for ever
   */
  record Stall(int afterTokens, long forNanos) implements MidStream {}

  /** An orderly end after some tokens, without the end event. */
  record Truncated(int afterTokens) implements MidStream {}

  /** An error object in the stream after some tokens. */
  record ErrorFrame(int afterTokens) implements MidStream {}

  /** An event after some tokens whose data is cut off in the middle; the stream goes on. */
  record MalformedJson(int afterTokens) implements MidStream {}

  /** Words outside of ASCII, their bytes cut between two writes. */
  record SplitUtf8() implements OfAnswer {}

  /** Several tokens in one event. */
  record TokensPerChunk(int tokens) implements OfAnswer {}

  /** No usage where it was asked for. */
  record MissingUsage() implements OfAnswer {}

  /** Output tokens reported times {@code factor}. */
  record LyingUsage(double factor) implements OfAnswer {}

  /** Keep-alive events between the tokens, this many ahead of each. */
  record PingFlood(int perToken) implements OfAnswer {}

  /** A web page with status 200. */
  record HtmlInsteadOfJson() implements Replacing {}

  /** A line of the stream that grows past 4 MiB. */
  record EndlessLine() implements Replacing {}

  /** Bytes that are not UTF-8 inside an event. */
  record InvalidUtf8() implements Replacing {}

  /** A whole stream without a token. */
  record EmptyAnswer() implements Replacing {}

  /** Nobody listens: new connections are refused. */
  record Refused() implements OfService {}

  /** One replica's steps take {@code factor} times as long; the first replica is 0. */
  record BrownOut(int replica, double factor) implements OfService {}

  /** One replica dies as the window opens, with all it works on, and is back, cold, at its end. */
  record Crash(int replica) implements OfService {}

  /**
   * Every latency grows in a straight line from the window's opening, by {@code sharePerHour} of
   * itself an hour.
   */
  record Leak(double sharePerHour) implements OfService {}

  /** Every latency is {@code factor} times as long. */
  record Spike(double factor) implements OfService {}
}
