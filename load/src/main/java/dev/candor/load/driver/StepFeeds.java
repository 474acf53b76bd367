package dev.candor.load.driver;

import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.ReplayPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run's feeds: steps that replay a trace have one each, from which nobody else takes, so that
 * their k-th start has the content of their window's k-th row; the others share one.
 */
public final class StepFeeds implements AutoCloseable {
  private final Map<Integer, AheadFeed> ofReplays = new TreeMap<>();
  private final @Nullable AheadFeed shared;

  /**
   * Starts them.
   *
   * @param replays null where no step replays a trace
   * @param open starts a feed whose first request has the number given
   */
  public StepFeeds(
      List<LoadStep> steps, @Nullable ReplayPlan replays, LongFunction<AheadFeed> open) {
    this(replays == null ? Map.of() : replays.firstNumbers(), others(steps, replays), open);
  }

  private static @Nullable Long others(List<LoadStep> steps, @Nullable ReplayPlan replays) {
    if (replays == null) {
      return 0L;
    }
    return replays.firstNumbers().size() < steps.size() ? replays.otherNumbers() : null;
  }

  /**
   * Starts them.
   *
   * @param replays the first numbers of steps that replay a trace
   * @param others the first number of all other steps, null where there is none
   */
  public StepFeeds(
      Map<Integer, Long> replays, @Nullable Long others, LongFunction<AheadFeed> open) {
    shared = others == null ? null : open.apply(others);
    replays.forEach((step, first) -> ofReplays.put(step, open.apply(first)));
  }

  /** The requests of {@code step}. */
  public RequestFeed of(int step) {
    AheadFeed own = ofReplays.get(step);
    if (own != null) {
      return own;
    }
    if (shared == null) {
      throw new IllegalArgumentException("step " + step + " has no feed");
    }
    return shared;
  }

  /** Waits until each has its first requests ready. */
  public void awaitReady() throws InterruptedException {
    for (AheadFeed feed : all()) {
      feed.awaitReady();
    }
  }

  /** What ended the encoding of one before its time, or null. */
  public @Nullable Throwable failure() {
    return all().stream().map(AheadFeed::failure).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private List<AheadFeed> all() {
    List<AheadFeed> all = new ArrayList<>(ofReplays.values());
    if (shared != null) {
      all.add(shared);
    }
    return all;
  }

  @Override
  public void close() {
    all().forEach(AheadFeed::close);
  }
}
