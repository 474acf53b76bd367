package dev.candor.app.run;

import dev.candor.record.PhaseRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has it noted how far a run is: at its begin, whenever a phase ends, and at least every minute.
 * <b>For the run's thread.</b>
 */
final class Checkpoints {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Supplier<CompletableFuture<List<PhaseRecord>>> progress;
  private final Consumer<List<PhaseRecord>> write;
  private @Nullable CompletableFuture<List<PhaseRecord>> asked;
  private String phase = "";
  private long lastNanos;

  /**
   * @param progress asks for the run's phases, those to come among them
   * @param write takes them
   */
  Checkpoints(
      Supplier<CompletableFuture<List<PhaseRecord>>> progress, Consumer<List<PhaseRecord>> write) {
    this.progress = progress;
    this.write = write;
  }

  /** To be called once the load is going; {@code now} is on any clock. */
  void begin(long now, String currentPhase) {
    lastNanos = now;
    phase = currentPhase;
    write.accept(progress.get().join());
  }

  /** To be called twice a second or so. */
  void tick(long now, String currentPhase) {
    if (asked == null && (now - lastNanos >= EVERY_NANOS || !currentPhase.equals(phase))) {
      lastNanos = now;
      phase = currentPhase;
      asked = progress.get();
    }
    // Never waits: a loop that is busy answers later.
    if (asked != null && asked.isDone()) {
      List<PhaseRecord> phases = asked.join();
      asked = null;
      write.accept(phases);
    }
  }
}
