package dev.candor.record;

import java.util.Locale;

/** How an attempt ended. Only {@link #COMPLETED} is a success. */
public enum Outcome {
  /** A whole answer with its end event. */
  COMPLETED,
  /** HTTP 429. */
  RATE_LIMITED,
  /** HTTP 5xx. */
  SERVER_ERROR,
  /** HTTP 401 or 403. */
  UNAUTHORIZED,
  /** HTTP 404. */
  NOT_FOUND,
  /** Any other HTTP status that is not 2xx. */
  REJECTED,
  /** The target's name has no address. */
  NOT_RESOLVED,
  /** Refused, unreachable, or a proxy said no. */
  CONNECT_FAILED,
  /** The TLS handshake failed: the certificate, the version, or the server's no. */
  TLS_FAILED,
  TIMEOUT_CONNECT,
  TIMEOUT_HEADERS,
  TIMEOUT_FIRST_TOKEN,
  TIMEOUT_IDLE,
  TIMEOUT_TOTAL,
  /** The connection broke before the response was complete. */
  DISCONNECTED,
  /** The response ended in good order but its end event never came. */
  TRUNCATED,
  /** What came was not the dialect: wrong content type, bad JSON, bad UTF-8. */
  MALFORMED,
  /** What came was not HTTP: no status line, a broken header or chunk. */
  NOT_HTTP,
  /** A line, an event, a header or a body beyond the limit up to which they are read. */
  OVERSIZED,
  /** A compressed body, which was not asked for and is not unpacked. */
  COMPRESSED,
  /** An error frame inside a 200 stream. */
  ERROR_FRAME,
  /** A complete answer without a token. */
  EMPTY_ANSWER,
  /** With ignore_eos, an answer of another length than asked for. */
  WRONG_LENGTH,
  /** Given up by its user, as the scenario's {@code abandon} wants. */
  ABANDONED,
  /** Cut off by the user's interrupt. */
  CANCELLED,
  /** Still in flight at the drain limit, or never sent because the client held it back. */
  UNFINISHED;

  /** The key in summary.json and attempts.parquet. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome of {@link #key}. */
  static Outcome ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** That of a response with a status of HTTP that is not 2xx. */
  public static Outcome ofStatus(int status) {
    return switch (status) {
      case 429 -> RATE_LIMITED;
      case 401, 403 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      default -> status >= 500 ? SERVER_ERROR : REJECTED;
    };
  }

  /** Whether the answer came whole. */
  public boolean success() {
    return this == COMPLETED;
  }

  /** Whether it counts as failed, as opposed to completed, abandoned or unfinished. */
  public boolean failed() {
    return this != COMPLETED && this != ABANDONED && this != UNFINISHED && this != CANCELLED;
  }
}
