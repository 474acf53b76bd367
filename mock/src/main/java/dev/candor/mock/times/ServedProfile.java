package dev.candor.mock.times;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.LatencyProfile;
import dev.candor.engine.Profile;
import dev.candor.engine.Profiles;
import dev.candor.engine.Routing;
import dev.candor.engine.SchedulerLimits;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a mock's settings come to: distributions, or an engine with the settings' own wishes. */
public sealed interface ServedProfile {

  /** Latencies that are drawn. */
  record Drawn(MockSettings.Times.Drawn times) implements ServedProfile {}

  /** An engine. */
  record Simulated(EngineProfile profile, EngineSettings settings, int replicas, Routing routing)
      implements ServedProfile {}

  /**
   * Loads the profile that {@code settings} name, if they do.
   *
   * @throws CandorException where there is no such profile, it has mistakes, or it has no engine
   *     and the settings want one
   */
  static ServedProfile of(MockSettings settings) {
    return switch (settings.times()) {
      case MockSettings.Times.Drawn drawn -> new Drawn(drawn);
      case MockSettings.Times.Recorded recorded ->
          throw new IllegalArgumentException("not resolved: " + recorded);
      case MockSettings.Times.Simulated(MockEngine engine) ->
          of(Profiles.named(engine.profile()), engine);
    };
  }

  private static ServedProfile of(Profile profile, MockEngine engine) {
    return switch (profile) {
      case EngineProfile simulated -> simulated(simulated, engine);
      case LatencyProfile latencies -> {
        if (!engine.equals(MockEngine.of(engine.profile()))) {
          throw CandorException.user(
              "engine: the profile %s has latencies and no engine to be set"
                  .formatted(engine.profile()));
        }
        yield new Drawn(new MockSettings.Times.Drawn(latencies.ttftNanos(), latencies.itlNanos()));
      }
    };
  }

  /** A profile with what an engine's settings want otherwise. */
  static Simulated simulated(EngineProfile profile, MockEngine engine) {
    return new Simulated(
        profile,
        adjusted(profile.settings(), engine),
        engine.replicas(),
        routing(engine.routing()));
  }

  /** The settings' answer lengths, else the profile's. */
  static MockSettings.Answers answers(MockSettings settings) {
    if (settings.answers().outputTokens() == null
        && settings.times() instanceof MockSettings.Times.Simulated(MockEngine engine)
        && Profiles.named(engine.profile()) instanceof LatencyProfile latencies) {
      return settings.withOutputTokens(latencies.outputTokens()).answers();
    }
    return settings.answers();
  }

  private static EngineSettings adjusted(EngineSettings settings, MockEngine engine) {
    SchedulerLimits limits = settings.limits();
    KvCacheSettings cache = settings.kvCache();
    int blockSize = or(engine.blockSize(), cache.blockSize());
    // Another block size leaves the memory as it is.
    int blocks = (int) ((long) cache.blocks() * cache.blockSize() / blockSize);
    return settings
        .withLimits(
            new SchedulerLimits(
                or(engine.maxNumSeqs(), limits.maxNumSeqs()),
                or(engine.maxNumBatchedTokens(), limits.maxNumBatchedTokens()),
                or(engine.maxModelLen(), limits.maxModelLen()),
                Objects.requireNonNullElse(engine.chunkedPrefill(), limits.chunkedPrefill()),
                or(engine.longPrefillThreshold(), limits.longPrefillTokenThreshold()),
                or(engine.maxQueue(), limits.maxQueue())))
        .withKvCache(
            new KvCacheSettings(
                blockSize,
                or(engine.kvBlocks(), blocks),
                Objects.requireNonNullElse(engine.prefixCaching(), cache.prefixCaching())));
  }

  private static int or(@Nullable Integer wish, int otherwise) {
    return wish == null ? otherwise : wish;
  }

  private static Routing routing(MockEngine.Routing routing) {
    return switch (routing) {
      case ROUND_ROBIN -> Routing.ROUND_ROBIN;
      case LEAST_LOADED -> Routing.LEAST_LOADED;
      case PREFIX_AWARE -> Routing.PREFIX_AWARE;
      case SESSION_STICKY -> Routing.SESSION_STICKY;
    };
  }
}
