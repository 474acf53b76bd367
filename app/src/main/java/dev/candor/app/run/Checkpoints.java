package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has it noted how far a run is: at its begin, whenever a phase ends, and at least every minute.
 * <b>For the run's thread.</b>
 */
final class Checkpoints {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Supplier<CompletableFuture<List<PhaseRecord>>> progress;
  private final Function<List<PhaseRecord>, RunInfo> info;
  private final Consumer<RunInfo> write;
  private final Executor disk;
  private @Nullable CompletableFuture<List<PhaseRecord>> asked;
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private String phase = "";
  private long lastNanos;

  /**
   * @param progress asks for the run's phases, those to come among them
   * @param info the run with these phases
   * @param write brings it to the disk, on a thread of {@code disk}: that may take its time
   */
  Checkpoints(
      Supplier<CompletableFuture<List<PhaseRecord>>> progress,
      Function<List<PhaseRecord>, RunInfo> info,
      Consumer<RunInfo> write,
      Executor disk) {
    this.progress = progress;
    this.info = info;
    this.write = write;
    this.disk = disk;
  }

  /** To be called once the load is going; {@code now} is on any clock. */
  void begin(long now, String currentPhase) {
    lastNanos = now;
    phase = currentPhase;
    write(progress.get().join());
  }

  /**
   * To be called twice a second or so. Waits neither for a loop that is busy nor for the disk.
   *
   * @throws dev.candor.base.error.CandorException where a checkpoint could not be written
   */
  void tick(long now, String currentPhase) {
    if (asked == null && (now - lastNanos >= EVERY_NANOS || !currentPhase.equals(phase))) {
      lastNanos = now;
      phase = currentPhase;
      asked = progress.get();
    }
    if (asked != null && asked.isDone() && writing.isDone()) {
      List<PhaseRecord> phases = asked.join();
      asked = null;
      end();
      write(phases);
    }
  }

  private void write(List<PhaseRecord> phases) {
    RunInfo now = info.apply(phases);
    writing = CompletableFuture.runAsync(() -> write.accept(now), disk);
  }

  /** Waits for a checkpoint that is being written. */
  void end() {
    try {
      writing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CandorException known) {
        throw known;
      }
      throw e;
    }
  }
}
