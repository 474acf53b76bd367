package dev.candor.app.run;

import dev.candor.load.driver.RunSink;
import dev.candor.load.health.LoopSecond;
import dev.candor.load.transport.AttemptTrace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What loops in virtual time leave behind, until it is taken at a barrier. Each loop adds to its
 * own; <b>all else is for the run's thread</b>.
 */
final class ShardRecords implements RunSink {
  private final List<ArrayDeque<Object>> recorded = new ArrayList<>();

  /** Traces that their loops may use again. */
  private final List<ArrayDeque<AttemptTrace>> read = new ArrayList<>();

  ShardRecords(int loops) {
    for (int i = 0; i < loops; i++) {
      recorded.add(new ArrayDeque<>());
      read.add(new ArrayDeque<>());
    }
  }

  @Override
  public void ended(AttemptTrace trace) {
    recorded.get(trace.loop).add(trace);
  }

  @Override
  public void second(LoopSecond second) {
    recorded.get(second.loop()).add(second);
  }

  @Override
  public AttemptTrace trace(int loop) {
    AttemptTrace used = read.get(loop).poll();
    if (used != null) {
      used.reset();
      return used;
    }
    AttemptTrace trace = new AttemptTrace();
    trace.keepText(false);
    return trace;
  }

  /** Hands over what was recorded, by instant, then by loop; traces are not to be kept. */
  void take(Consumer<AttemptTrace> attempts, Consumer<LoopSecond> seconds) {
    for (ArrayDeque<Object> next = earliest(); !next.isEmpty(); next = earliest()) {
      switch (next.remove()) {
        case AttemptTrace trace -> {
          attempts.accept(trace);
          read.get(trace.loop).add(trace);
        }
        case LoopSecond second -> seconds.accept(second);
        default -> throw new IllegalStateException("neither an attempt nor a second");
      }
    }
  }

  private ArrayDeque<Object> earliest() {
    ArrayDeque<Object> earliest = recorded.getFirst();
    for (ArrayDeque<Object> each : recorded) {
      if (!each.isEmpty() && (earliest.isEmpty() || instant(each) < instant(earliest))) {
        earliest = each;
      }
    }
    return earliest;
  }

  private static long instant(ArrayDeque<Object> queue) {
    return switch (queue.element()) {
      case AttemptTrace trace -> trace.end;
      case LoopSecond second -> second.handedOverNanos();
      default -> throw new IllegalStateException("neither an attempt nor a second");
    };
  }

  /** Whether all that was recorded has been taken. */
  boolean isEmpty() {
    return recorded.stream().allMatch(ArrayDeque::isEmpty);
  }
}
