package dev.candor.app.run;

import dev.candor.analysis.RunFigures;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.AheadFeed;
import dev.candor.load.driver.CoreSharing;
import dev.candor.load.driver.Leavers;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.RecordingSink;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.driver.RunSink;
import dev.candor.load.driver.StepFeeds;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.server.ServerScrape;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.AttemptRecord;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunWriter;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.Primers;
import dev.candor.workload.PromptSources;
import dev.candor.workload.SharedPrefixes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** This machine, its clock, and a target over HTTP, which may be the embedded mock. */
final class RealWorld implements World {
  private static final String EMBEDDED_MOCK = "embedded mock";

  private final Clock clock = Clock.system();

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public String machine() {
    return Machine.describe();
  }

  @Override
  public long nonce(Scenario scenario, Instant now) {
    // The salt differs from run to run even where the seed does not: caches outlive runs.
    return Seed.mixed(now.getEpochSecond() * 1_000_000_000L + now.getNano());
  }

  @Override
  public Tokenizer tokenizer(Scenario scenario) {
    return Tokenizers.open(scenario.workload().tokenizer());
  }

  @Override
  public OpenedSource prompts(Scenario scenario, Tokenizer tokenizer, long nonce) {
    HttpLoops.check(RunSize.of(scenario).loops(), scenario.target().client());
    return PromptSources.open(
        scenario.workload(),
        tokenizer,
        new Seed(scenario.seed()).derive("prompts"),
        nonce,
        scenario.steps().stream().anyMatch(LoadStep.Replay.class::isInstance));
  }

  @Override
  public RunWriter writer(RunDirectory place, @Nullable LeftRun left) {
    return left == null ? RunWriter.open(place) : RunWriter.reopen(left);
  }

  @Override
  public Consumer<AttemptRecord> keeper(RunWriter writer, Scenario scenario) {
    return writer::append;
  }

  @Override
  public int liveGapsASecond() {
    return LiveFigures.GAPS_A_SECOND;
  }

  @Override
  public boolean keepsTokens() {
    return true;
  }

  @Override
  public @Nullable RunFigures figures() {
    return null;
  }

  @Override
  public boolean loopsApart() {
    return false;
  }

  @Override
  public boolean resumable() {
    return true;
  }

  @Override
  public boolean publishes() {
    return true;
  }

  @Override
  public boolean isWatched() {
    return true;
  }

  @Override
  public Stage open(
      Scenario scenario, MockSettings mock, Tokenizer tokenizer, OpenedSource prompts) {
    return new RealStage(
        scenario, EmbeddedMock.startIfNeeded(scenario, mock, tokenizer), tokenizer, prompts);
  }

  private final class RealStage implements Stage {
    private final Scenario scenario;
    private final EmbeddedMock mock;
    private final Tokenizer tokenizer;
    private final OpenedSource prompts;

    RealStage(Scenario scenario, EmbeddedMock mock, Tokenizer tokenizer, OpenedSource prompts) {
      this.scenario = scenario;
      this.mock = mock;
      this.tokenizer = tokenizer;
      this.prompts = prompts;
    }

    @Override
    public String target() {
      List<URI> urls = scenario.target().urls();
      return urls.isEmpty()
          ? EMBEDDED_MOCK
          : urls.stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    @Override
    public int loops() {
      return RunSize.of(scenario).loops();
    }

    @Override
    public List<String> notes() {
      return List.of();
    }

    @Override
    public String calibrate() throws InterruptedException {
      return Calibration.calibrate(scenario, mock.urls(), prompts, clock);
    }

    @Override
    public List<String> prepareCache(SharedPrefixes sharedPrefixes, boolean resumed)
        throws InterruptedException {
      CachePreparation.Caches caches =
          new CachePreparation.Caches() {
            @Override
            public String reset(String path) throws InterruptedException {
              return CacheReset.reset(mock.urls(), path);
            }

            @Override
            public String prime(Primers primers) throws InterruptedException {
              return Priming.prime(scenario, mock.urls(), primers, clock);
            }
          };
      return CachePreparation.prepare(scenario, caches, prompts, sharedPrefixes, resumed);
    }

    @Override
    public Traffic traffic(
        Feeding feeding, SharedPrefixes sharedPrefixes, RunWriter writer, Runnable stop) {
      return new RealTraffic(
          scenario, mock.urls(), tokenizer, prompts, feeding, sharedPrefixes, writer, stop);
    }

    @Override
    public void close() {
      mock.close();
    }
  }

  private final class RealTraffic implements Traffic {
    private final Tokenizer tokenizer;
    private final Runnable stop;
    private final HttpLoops loops;
    private final StepFeeds feeds;
    private final ProcessHealth process;
    private final ServerScrape server;
    private final Interrupts interrupts;
    private final int loopCount;
    private @Nullable RecordingSink sink;

    RealTraffic(
        Scenario scenario,
        List<URI> urls,
        Tokenizer tokenizer,
        OpenedSource prompts,
        Feeding feeding,
        SharedPrefixes sharedPrefixes,
        RunWriter writer,
        Runnable stop) {
      this.tokenizer = tokenizer;
      this.stop = stop;
      Dialect dialect = Dialects.of(scenario.target());
      Leavers leavers =
          new Leavers(scenario.workload().abandons(), new Seed(scenario.seed()).derive("abandon"));
      RunSize size = RunSize.of(scenario);
      loopCount = size.loops();
      loops = new HttpLoops(loopCount, urls, scenario.target(), dialect, clock);
      feeds =
          new StepFeeds(
              FeedNumbers.ofReplays(scenario.steps(), feeding.replays(), feeding.left()),
              FeedNumbers.ofOthers(scenario.steps(), feeding.replays(), feeding.left()),
              first ->
                  new AheadFeed(
                      prompts.source(),
                      dialect,
                      leavers,
                      sharedPrefixes,
                      first,
                      loopCount,
                      size.requestsAhead(),
                      stop));
      // While the feed gets ready on a thread of its own.
      process = ProcessHealth.open(clock);
      server = new ServerScrape(scenario.target(), urls, clock, writer::appendServer);
      interrupts = Interrupts.listen(clock, stop);
      CoreSharing.jvmYieldsToLoops();
    }

    @Override
    public List<Loop> loops() {
      return loops.loops();
    }

    @Override
    public RequestFeed feed(int step) {
      return feeds.of(step);
    }

    @Override
    public void awaitReady() throws InterruptedException {
      feeds.awaitReady();
      server.awaitFirst();
    }

    @Override
    public RunSink record(long origin, Intake intake, @Nullable Path spill) {
      server.start(origin);
      RecordingSink recording =
          new RecordingSink(
              loopCount,
              new TraceReader(origin, tokenizer::count, spill),
              new RunHealth(loopCount, origin, clock, process, intake::early, intake::complete),
              intake::attempt,
              stop);
      sink = recording;
      return recording;
    }

    @Override
    public void begins(LoadRun load, @Nullable List<PhaseRecord> planned) {}

    @Override
    public boolean await(CompletableFuture<Void> finished, long nanos)
        throws InterruptedException, ExecutionException {
      try {
        finished.get(nanos, TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      }
    }

    @Override
    public boolean idle() {
      return sink == null || sink.idle();
    }

    @Override
    public long lost() {
      return sink == null ? 0 : sink.lost();
    }

    @Override
    public boolean interrupted() {
      return interrupts.fired();
    }

    @Override
    public List<String> finish() throws InterruptedException {
      List<String> notes = server.finish();
      if (sink != null) {
        sink.close();
        rethrow(sink.failure());
      }
      rethrow(feeds.failure());
      rethrow(server.failure());
      return notes;
    }

    @Override
    public void close() {
      interrupts.close();
      server.close();
      process.close();
      feeds.close();
      loops.close();
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof CandorException known) {
      throw known;
    }
    if (failure != null) {
      throw new CandorException(ErrorCode.INTERNAL, "the run failed: " + failure, failure);
    }
  }
}
