package dev.candor.protocol.serve;

import org.jspecify.annotations.Nullable;

/**
 * Why a request gets no answer.
 *
 * @param status of the HTTP response
 * @param type null for what the provider calls errors of that status
 * @param code null for the provider's own, where it has one for that status
 * @param field of the request that is at fault, or null
 */
public record ServiceError(
    int status,
    @Nullable String type,
    @Nullable String code,
    @Nullable String field,
    String message) {

  /** An error of the provider's type and code for {@code status}. */
  public static ServiceError of(int status, String message) {
    return new ServiceError(status, null, null, null, message);
  }

  /** What a request that cannot be read deserves. */
  public static ServiceError of(InvalidRequestException invalid) {
    return new ServiceError(400, null, null, invalid.field(), String.valueOf(invalid.getMessage()));
  }
}
