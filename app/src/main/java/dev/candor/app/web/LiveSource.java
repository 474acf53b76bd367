package dev.candor.app.web;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.RunFollower;
import dev.candor.app.web.live.LiveRuns;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunLock;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a folder as they can be watched.
 *
 * @param known what is known of a run, null where there is none
 */
record LiveSource(RunsFolder runs, Function<String, @Nullable RunFacts> known)
    implements LiveRuns.Source {
  private static final long LOOK_EVERY_MILLIS = 500;

  @Override
  public void follow(String id, LiveListener live) throws InterruptedException {
    while (!hasBegun(id)) {
      RunFacts facts = known.apply(id);
      if (facts == null || facts.state() != RunFacts.State.RUNNING) {
        return;
      }
      var _ = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    RunFollower.follow(runs.get(id).path(), live);
  }

  /**
   * Whether it has logs, which it has not before its prompts are read and its cache is prepared.
   */
  private boolean hasBegun(String id) {
    RunDirectory run = runs.find(id);
    return run != null
        && (run.isUnfinished() || Files.isRegularFile(run.runJson()) || !RunLock.isHeld(run));
  }

  @Override
  public Map<String, @Nullable Object> end(String id) {
    RunFacts facts = known.apply(id);
    return Json.members(
        "verdict", facts == null ? null : facts.verdict(),
        "verdict_reason", facts == null ? null : facts.reason(),
        "state", facts == null ? null : Json.key(facts.state()));
  }
}
