package dev.candor.app.run;

import dev.candor.analysis.RunFigures;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.driver.RunSink;
import dev.candor.record.AttemptRecord;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunWriter;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.SharedPrefixes;
import dev.candor.workload.arrival.ReplayPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a run takes place: its clock, and how its requests travel. Driver, workload, recording,
 * analysis and report are the same in every world.
 */
interface World {

  /** The clock of all that the run records. */
  Clock clock();

  /** The machine that the figures were measured on. */
  String machine();

  /** Salts a new run's prompts. */
  long nonce(Scenario scenario, Instant now);

  /** The tokenizer that texts are made and counted with. */
  Tokenizer tokenizer(Scenario scenario);

  /**
   * Refuses what cannot be carried out here, and opens what the run asks.
   *
   * @throws dev.candor.base.error.CandorException for a mistake of the scenario
   */
  OpenedSource prompts(Scenario scenario, Tokenizer tokenizer, long nonce);

  /**
   * Opens the record.
   *
   * @param left what an earlier process has left, null for a new run
   */
  RunWriter writer(RunDirectory place, @Nullable LeftRun left);

  /** Where attempts are recorded. */
  Consumer<AttemptRecord> keeper(RunWriter writer, Scenario scenario);

  /** How many gaps between tokens the live view looks at in a second. */
  int liveGapsASecond();

  /** Whether the instants of tokens are recorded. */
  boolean keepsTokens();

  /** The figures that were made on the way; null: they are to be made from the records. */
  @Nullable RunFigures figures();

  /** Whether loops know nothing of each other between two barriers. */
  boolean loopsApart();

  /** Whether it is noted on the way how far the run is, for another process to go on with. */
  boolean resumable();

  /** Whether its seconds are real ones, by which others may follow it. */
  boolean publishes();

  /** Whether it is time to show how far the run is; asked twice a second of its clock. */
  boolean isWatched();

  /** The target of a run, ready to be asked. */
  Stage open(Scenario scenario, MockSettings mock, Tokenizer tokenizer, OpenedSource prompts);

  /** A target that is there. */
  interface Stage extends AutoCloseable {
    /** For display. */
    String target();

    /** Event loops. */
    int loops();

    /** What a reader of the figures must know of it. */
    List<String> notes();

    /** Corrects the lengths of generated prompts by what the server counts, and says how. */
    String calibrate() throws InterruptedException;

    /**
     * Brings the prefix cache into the state that the scenario wants, and says how.
     *
     * @param resumed whether a run goes on, whose cache was emptied at its begin
     */
    List<String> prepareCache(SharedPrefixes sharedPrefixes, boolean resumed)
        throws InterruptedException;

    /**
     * Opens the ways to it and begins to make requests.
     *
     * @param stop ends the load
     */
    Traffic traffic(
        Feeding feeding, SharedPrefixes sharedPrefixes, RunWriter writer, Runnable stop);

    @Override
    void close();
  }

  /**
   * What a load's requests are numbered by.
   *
   * @param replays null where no step replays a trace
   * @param left what an earlier process has left, null for a new run
   */
  record Feeding(@Nullable ReplayPlan replays, @Nullable LeftRun left) {}

  /** All that a load needs of the world. */
  interface Traffic extends AutoCloseable {
    List<Loop> loops();

    /** The requests of {@code step}. */
    RequestFeed feed(int step);

    /** Waits until the load can begin at once. */
    void awaitReady() throws InterruptedException;

    /**
     * Begins to record.
     *
     * @param origin the run's start, on the clock
     * @param spill file for what unfinished attempts need beyond memory
     */
    RunSink record(long origin, Intake intake, @Nullable Path spill);

    /**
     * Hears of the load before it starts.
     *
     * @param planned its phases, where they are known
     */
    void begins(LoadRun load, @Nullable List<PhaseRecord> planned);

    /** Lets time pass until the load is over, {@code nanos} at most; whether it is over. */
    boolean await(CompletableFuture<Void> finished, long nanos)
        throws InterruptedException, ExecutionException;

    /** Whether all that was recorded has been taken in. */
    boolean idle();

    /** Attempts of which the record was dropped. */
    long lost();

    /** Whether the user wants it to end. */
    boolean interrupted();

    /**
     * Ends the recording, once the load is over.
     *
     * @return what a reader must know of it
     * @throws dev.candor.base.error.CandorException where a part of it failed
     */
    List<String> finish() throws InterruptedException;

    @Override
    void close();
  }
}
