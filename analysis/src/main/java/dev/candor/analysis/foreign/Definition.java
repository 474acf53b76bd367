package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import java.util.List;

/** A tool's metrics, while attempts are added to them. For one thread. */
interface Definition {

  /**
   * Adds an attempt that was sent, or failed to be, and came to its own end.
   *
   * @return whether the tool would have counted it as successful
   */
  boolean add(AttemptRecord attempt);

  /** The tool's figures, in its order. */
  List<Figure> figures();
}
