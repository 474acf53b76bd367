package dev.candor.app.run;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import java.util.function.BooleanSupplier;

/** Hears what was recorded, <b>on the writer's thread</b>: it must be quick, and never wait. */
interface RecordListener {
  /** An attempt that has ended. */
  void attempt(AttemptRecord attempt);

  /**
   * A second that is over, complete.
   *
   * @param limited whether it shows the client rather than the target
   */
  void second(HealthWindow window, BooleanSupplier limited);
}
