package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * The engine simulator behind a mock. What is null is the profile's.
 *
 * @param profile a built-in profile's name or a file
 * @param replicas engines behind the one address
 * @param routing between them
 * @param maxQueue requests that may wait; 0: no limit
 */
public record MockEngine(
    String profile,
    int replicas,
    Routing routing,
    @Nullable Integer maxNumSeqs,
    @Nullable Integer maxNumBatchedTokens,
    @Nullable Integer maxModelLen,
    @Nullable Boolean chunkedPrefill,
    @Nullable Integer longPrefillThreshold,
    @Nullable Boolean prefixCaching,
    @Nullable Integer blockSize,
    @Nullable Integer kvBlocks,
    @Nullable Integer maxQueue) {

  /** The profile as it is, one replica. */
  public static MockEngine of(String profile) {
    return new MockEngine(
        profile, 1, Routing.ROUND_ROBIN, null, null, null, null, null, null, null, null, null);
  }

  public MockEngine withReplicas(int other) {
    return new MockEngine(
        profile,
        other,
        routing,
        maxNumSeqs,
        maxNumBatchedTokens,
        maxModelLen,
        chunkedPrefill,
        longPrefillThreshold,
        prefixCaching,
        blockSize,
        kvBlocks,
        maxQueue);
  }

  /** Which replica a request goes to. */
  public enum Routing {
    ROUND_ROBIN,
    LEAST_LOADED,
    PREFIX_AWARE,
    SESSION_STICKY
  }
}
