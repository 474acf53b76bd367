package dev.candor.analysis.warning;

import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the run over which pressure builds up: phases without a pause between them. A step of a
 * sweep is one by itself, as the server gets rid of its load before the next.
 *
 * @param steady whether the load does not change in it
 * @param startNanos since the start of the run, as {@code endNanos}
 */
record Stretch(String name, boolean steady, long startNanos, long endNanos, List<Integer> phases) {
  private static final long SECOND = 1_000_000_000;

  /** What follows within it follows at once. */
  private static final long NO_PAUSE = SECOND / 10;

  Stretch {
    phases = List.copyOf(phases);
  }

  /** The stretches from the end of the warm-up on. */
  static List<Stretch> of(List<PhaseRecord> phases) {
    List<Stretch> stretches = new ArrayList<>();
    for (PhaseRecord phase : phases) {
      if (phase.warmup()) {
        continue;
      }
      Stretch before = stretches.isEmpty() ? null : stretches.getLast();
      if (before != null
          && phase.sweep() == null
          && phase.startNanos() - before.endNanos < NO_PAUSE) {
        stretches.set(stretches.size() - 1, before.with(phase));
      } else {
        stretches.add(
            new Stretch(
                phase.name(),
                !phase.ramp(),
                phase.startNanos(),
                phase.endNanos(),
                List.of(phase.index())));
      }
    }
    return stretches;
  }

  private Stretch with(PhaseRecord phase) {
    List<Integer> longer = new ArrayList<>(phases);
    longer.add(phase.index());
    return new Stretch(name, false, startNanos, phase.endNanos(), longer);
  }

  /** Its first second of the run, as all of it lies in the stretch. */
  int from() {
    return (int) Math.ceilDiv(startNanos, SECOND);
  }

  /** The second after its last. */
  int to() {
    return (int) Math.ceilDiv(endNanos, SECOND);
  }
}
