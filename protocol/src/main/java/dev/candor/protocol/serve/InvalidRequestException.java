package dev.candor.protocol.serve;

import org.jspecify.annotations.Nullable;

/** A request that deserves a 400: the message says what was found and what would be right. */
public final class InvalidRequestException extends RuntimeException {
  private final @Nullable String field;

  InvalidRequestException(@Nullable String field, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.field = field;
  }

  InvalidRequestException(String field, String message) {
    this(field, message, null);
  }

  /** The field at fault, or null where it is the body as a whole. */
  public @Nullable String field() {
    return field;
  }
}
