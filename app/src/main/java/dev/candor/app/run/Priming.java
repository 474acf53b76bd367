package dev.candor.app.run;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.RecordingSink;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.AttemptRecord;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.workload.Primers;
import dev.candor.workload.Prompt;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends prompts ahead of a run and waits for their answers, so that the server's cache holds them.
 * Nothing of it is in the run's records.
 */
final class Priming {
  /** As long as no server needs for it; it ends with the last answer. */
  private static final long FOR_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final int USERS = 8;

  private Priming() {}

  /** Sends {@code prompts} to every address and says what came of it, in a sentence. */
  static String prime(Scenario scenario, List<URI> urls, Primers primers, Clock clock)
      throws InterruptedException {
    List<Prompt> prompts = primers.prompts();
    long before = clock.nanoTime();
    int failed = 0;
    for (URI url : prompts.isEmpty() ? List.<URI>of() : urls) {
      failed += prime(scenario, url, prompts, clock);
    }
    return told(primers, failed, clock.nanoTime() - before);
  }

  /** What came of it, in a sentence. */
  static String told(Primers primers, int failed, long nanos) {
    List<Prompt> prompts = primers.prompts();
    if (prompts.isEmpty()) {
      return "cache: requests of this workload share no beginning that could be sent ahead";
    }
    long tokens = prompts.stream().mapToLong(Prompt::inputTokens).sum();
    return String.format(
        Locale.ROOT,
        "cache: %d shared beginning%s (%d tokens) sent ahead of the run in %.1f s%s; they are in no figure%s",
        prompts.size(),
        prompts.size() == 1 ? "" : "s",
        tokens,
        nanos / 1e9,
        failed == 0 ? "" : ", of which %d failed".formatted(failed),
        primers.leftOut() == 0
            ? ""
            : "; %d others, which fewer requests share, were not sent"
                .formatted(primers.leftOut()));
  }

  /** Users that send each of {@code prompts} until they are stopped. */
  static LoadStep step(List<Prompt> prompts) {
    int users = Math.min(USERS, prompts.size());
    return new LoadStep.Closed(
        "priming", FOR_NANOS, true, users, users, new Distribution.Constant(0));
  }

  /** How many of them failed. */
  private static int prime(Scenario scenario, URI url, List<Prompt> prompts, Clock clock)
      throws InterruptedException {
    Dialect dialect = Dialects.of(scenario.target());
    AtomicInteger left = new AtomicInteger(prompts.size());
    AtomicInteger failed = new AtomicInteger();
    AtomicReference<LoadRun> running = new AtomicReference<>();
    try (HttpLoops loops = new HttpLoops(1, List.of(url), scenario.target(), dialect, clock);
        ProcessHealth process = ProcessHealth.simple(clock);
        RequestFeed feed = new OnceEach(prompts, dialect::encode)) {
      long origin = clock.nanoTime();
      try (RecordingSink sink =
          new RecordingSink(
              1,
              new TraceReader(origin, null),
              new RunHealth(1, origin, clock, process, window -> {}, window -> {}),
              attempt -> {
                if (attempt.request() == AttemptRecord.NONE) {
                  return;
                }
                failed.addAndGet(attempt.outcome().success() ? 0 : 1);
                LoadRun run = running.get();
                if (left.decrementAndGet() <= 0 && run != null) {
                  run.stop();
                }
              },
              () -> {})) {
        LoadRun run =
            new LoadRun(
                loops.loops(),
                List.of(step(prompts)),
                0,
                new Seed(scenario.seed()).derive("priming"),
                feed,
                sink,
                origin);
        running.set(run);
        run.start().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("priming failed", e.getCause());
      }
    }
    return failed.get();
  }

  /** Each prompt once. */
  static final class OnceEach implements RequestFeed {
    private static final byte[] NO_BODY = {};
    private final List<Prompt> prompts;
    private final @Nullable Function<Prompt, byte[]> encoding;
    private int next;

    /**
     * @param encoding null: requests keep their prompts, and have no body
     */
    OnceEach(List<Prompt> prompts, @Nullable Function<Prompt, byte[]> encoding) {
      this.prompts = prompts;
      this.encoding = encoding;
    }

    @Override
    public @Nullable PreparedRequest poll(int loop) {
      if (next == prompts.size()) {
        return null;
      }
      Prompt prompt = prompts.get(next);
      return new PreparedRequest(
          next++,
          prompt.requestClass(),
          prompt.inputTokens(),
          AttemptRecord.NONE,
          prompt.maxTokens(),
          encoding == null ? NO_BODY : encoding.apply(prompt),
          PreparedRequest.Leaving.NEVER,
          PreparedRequest.Turn.ONLY,
          encoding == null ? prompt : null);
    }

    @Override
    public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
      throw new IllegalStateException("nothing follows a primer");
    }

    @Override
    public void close() {}
  }
}
