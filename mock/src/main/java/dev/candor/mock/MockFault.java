package dev.candor.mock;

/** What goes wrong in an answer. */
public sealed interface MockFault {

  record None() implements MockFault {}

  /** A web page with status 200. */
  record HtmlInsteadOfJson() implements MockFault {}

  /** A line of the stream that grows past 4 MiB. */
  record EndlessLine() implements MockFault {}

  /** Bytes that are not UTF-8 inside an event. */
  record InvalidUtf8() implements MockFault {}

  /** An orderly end after some tokens, without the end event. */
  record Truncated(int afterTokens) implements MockFault {}

  /** A closed connection after some tokens. */
  record Disconnect(int afterTokens) implements MockFault {}

  /** An error object in the stream after some tokens. */
  record ErrorFrame(int afterTokens) implements MockFault {}

  /** Another status, with {@code body}. */
  record Status(int code, String body) implements MockFault {}

  /** Silence after some tokens, the connection open. */
  record Stall(int afterTokens) implements MockFault {}

  /** No response at all. */
  record NoAnswer() implements MockFault {}

  /** A whole stream without a token. */
  record EmptyAnswer() implements MockFault {}
}
