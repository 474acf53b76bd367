package dev.candor.scenario.yaml;

import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.LoadStep.Replay;
import org.jspecify.annotations.Nullable;

/** Reads a step's {@code replay}: which window of the workload's trace, and how fast. */
final class ReplayReader {
  private final Problems problems;

  ReplayReader(Problems problems) {
    this.problems = problems;
  }

  /** A step without a length of its own: it lasts as long as its window. */
  Replay read(@Nullable Value value, String name, boolean warmup, @Nullable Integer maxInFlight) {
    Section section = new Section(value, problems, Keys.REPLAY);
    double speed = section.read("speed", 1.0, ArrivalsReader::speed);
    long from = section.read("from", 0L, Durations::parseNanos);
    long to = section.read("to", Long.MAX_VALUE, Durations::parseNanos);
    long shift = section.read("shift", 0L, Durations::parseNanos);
    if (to <= from) {
      section.problem("to", "must be later than from");
      to = Long.MAX_VALUE;
    }
    Replay whole =
        new Replay(name, Replay.UNTIL_THE_END, warmup, speed, from, to, shift, maxInFlight);
    return to == Long.MAX_VALUE ? whole : whole.lasting(Math.max(1, whole.offsetNanos(to)));
  }

  /** How it is named where the file gives no name. */
  static String name(@Nullable Value value) {
    Value speed = value == null || value.map() == null ? null : value.map().get("speed");
    return speed == null || !speed.isText() || speed.text().isBlank()
        ? "replay"
        : "replay-" + speed.text().trim();
  }
}
