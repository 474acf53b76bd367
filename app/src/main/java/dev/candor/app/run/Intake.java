package dev.candor.app.run;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.RunWriter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the load has recorded: to the log and the live figures, and to the rules that may end
 * the run. <b>For the writer's thread</b>; what it has found may be asked for from any.
 */
final class Intake {
  private final RunWriter writer;
  private final Consumer<AttemptRecord> keeper;
  private final RunLog log;
  private final LiveFigures figures;
  private final AbortWatch abort;
  private final RecordListener published;
  private final Runnable stop;
  private final EarlyFailure earlyFailure = new EarlyFailure();
  private final AtomicReference<@Nullable SweepControl> sweep = new AtomicReference<>();

  /**
   * @param keeper where attempts are recorded
   * @param published hears of it all
   * @param stop ends the load
   */
  Intake(
      RunWriter writer,
      Consumer<AttemptRecord> keeper,
      RunLog log,
      LiveFigures figures,
      AbortWatch abort,
      RecordListener published,
      Runnable stop) {
    this.writer = writer;
    this.keeper = keeper;
    this.log = log;
    this.figures = figures;
    this.abort = abort;
    this.published = published;
    this.stop = stop;
  }

  /** Says, before the load begins, which sweep looks at what comes of it. */
  void feed(SweepControl control) {
    sweep.set(control);
  }

  /** An attempt that has ended. */
  void attempt(AttemptRecord attempt) {
    keeper.accept(attempt);
    figures.add(attempt);
    if (attempt.outcome().failed()) {
      log.failed(attempt);
    }
    if (earlyFailure.add(attempt)) {
      stop.run();
    }
    SweepControl control = sweep.get();
    if (control != null) {
      control.add(attempt);
    }
    published.attempt(attempt);
    stopIf(abort.add(attempt));
  }

  /** A second, as soon as it is over. */
  void early(HealthWindow window) {
    figures.add(window);
    writer.append(window);
  }

  /** The same second, with the pauses that are known a while later. */
  void complete(HealthWindow window) {
    writer.append(window);
    BooleanSupplier limited = () -> !figures.judge().limits(window).isEmpty();
    published.second(window, limited);
    SweepControl control = sweep.get();
    if (control != null) {
      control.second(
          window.second(), window.inFlight(), window.tokenEvents(), limited.getAsBoolean());
    }
    stopIf(abort.add(window));
  }

  private void stopIf(boolean met) {
    if (met) {
      log.stopped(String.valueOf(abort.sentence()));
      stop.run();
    }
  }

  /** Why the target could not be tested at all, or null. */
  @Nullable String refusal() {
    return earlyFailure.message();
  }

  /** Which rule of the scenario has ended the run, in a sentence, or null. */
  @Nullable String abortedBy() {
    return abort.sentence();
  }
}
