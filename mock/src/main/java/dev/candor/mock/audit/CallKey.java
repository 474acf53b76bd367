package dev.candor.mock.audit;

import dev.candor.base.random.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what requests are known to be attempts of one call.
 *
 * @param fingerprint the same for all of them
 * @param named by the client, with an idempotency key: never two calls
 * @param repeat the client says that this is not the first attempt
 */
public record CallKey(long fingerprint, boolean named, boolean repeat) {
  private static final Pattern ABOVE_ZERO = Pattern.compile("0*[1-9][0-9]*");
  private static final Seed NAMES = new Seed(0).derive("idempotency key");
  private static final Seed BODIES = new Seed(0).derive("body");

  /**
   * The key of a request. The SDKs of OpenAI and Anthropic send no idempotency key unless told to,
   * but the number of the attempt, 0 for the first.
   *
   * @param idempotencyKey the header {@code idempotency-key}, where there is one
   * @param retryCount the header {@code x-stainless-retry-count}, where there is one
   * @param apiKey empty where there is none
   * @param body is not consumed
   */
  public static CallKey of(
      @Nullable String idempotencyKey,
      @Nullable String retryCount,
      String apiKey,
      String path,
      ByteBuffer body) {
    boolean repeat = retryCount != null && ABOVE_ZERO.matcher(retryCount).matches();
    if (idempotencyKey != null && !idempotencyKey.isEmpty()) {
      long fingerprint = NAMES.derive(apiKey).derive(idempotencyKey).value();
      return new CallKey(fingerprint, true, repeat);
    }
    long seed = BODIES.derive(apiKey).derive(path).value();
    return new CallKey(hash(seed, body), false, repeat);
  }

  /** Eight bytes a step, for bodies of megabytes are hashed on an event loop. */
  private static long hash(long seed, ByteBuffer body) {
    ByteBuffer rest = body.slice().order(ByteOrder.LITTLE_ENDIAN);
    long hash = Seed.mixed(seed ^ rest.remaining());
    while (rest.remaining() >= Long.BYTES) {
      hash = Seed.mixed(hash ^ rest.getLong());
    }
    while (rest.hasRemaining()) {
      hash = Seed.mixed(hash ^ rest.get());
    }
    return hash;
  }
}
