package dev.candor.base.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure of the program. Its message names the thing, what was found and what would be right; it
 * is shown to the user as it stands, without a stack trace unless the code is {@link
 * ErrorCode#INTERNAL}.
 */
public final class CandorException extends RuntimeException {
  private final ErrorCode code;

  public CandorException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public CandorException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A mistake that the user can mend. */
  public static CandorException user(String message) {
    return new CandorException(ErrorCode.USER, message);
  }

  /** Who can mend it. */
  public ErrorCode code() {
    return code;
  }
}
