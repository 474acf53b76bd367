package dev.candor.app.run;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.AheadFeed;
import dev.candor.load.driver.Leavers;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.RecordingSink;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.AttemptRecord;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.SharedPrefixes;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Finds how many prompt tokens the server counts beyond ours (a chat template adds some), by one
 * user's requests ahead of the run, and shortens generated prompts by the median of it.
 */
final class Calibration {
  private static final long FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Far from the run's own, which must not find these in a cache. */
  private static final long FIRST_SESSION = 1L << 28;

  private Calibration() {}

  /** Calibrates {@code prompts} and says what was found, in a sentence. */
  static String calibrate(Scenario scenario, List<URI> urls, OpenedSource prompts, Clock clock)
      throws InterruptedException {
    List<Integer> differences = Collections.synchronizedList(new ArrayList<>());
    Dialect dialect = Dialects.of(scenario.target());
    LoadStep step =
        new LoadStep.Closed("calibration", FOR_NANOS, true, 1, 1, new Distribution.Constant(0));
    try (HttpLoops loops = new HttpLoops(1, urls, scenario.target(), dialect, clock);
        ProcessHealth process = ProcessHealth.simple(clock);
        AheadFeed feed =
            new AheadFeed(
                prompts.source(),
                dialect,
                Leavers.NONE,
                new SharedPrefixes(),
                FIRST_SESSION,
                1,
                1,
                () -> {})) {
      feed.awaitReady();
      long origin = clock.nanoTime();
      try (RecordingSink sink =
          new RecordingSink(
              1,
              new TraceReader(origin, null),
              new RunHealth(1, origin, clock, process, window -> {}, window -> {}),
              attempt -> {
                if (attempt.outcome().success() && attempt.inputTokens() != AttemptRecord.NONE) {
                  differences.add(attempt.inputTokens() - attempt.inputTokensAsked());
                }
              },
              () -> {})) {
        new LoadRun(
                loops.loops(),
                List.of(step),
                scenario.drainNanos(),
                new Seed(scenario.seed()).derive("calibration"),
                feed,
                sink,
                origin)
            .start()
            .get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("calibration failed", e.getCause());
      }
    }
    if (differences.isEmpty()) {
      return "calibrate: no request ahead of the run came back with prompt tokens; nothing corrected";
    }
    Collections.sort(differences);
    int template = differences.get(differences.size() / 2);
    prompts.subtractTemplateTokens(template);
    return "calibrate: the server counted %d prompt tokens beyond ours (median of %d requests); generated prompts are that much shorter"
        .formatted(template, differences.size());
  }
}
