package dev.candor.load.driver;

import dev.candor.base.time.Scheduler;
import dev.candor.load.driver.LoopAttempts.Start;
import dev.candor.record.Outcome;
import dev.candor.workload.arrival.FireTimes;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scheduled arrivals that belong to an event loop, and the sessions that they begin, which go
 * on in any step with a schedule, whichever they arrived in. <b>For its loop's thread only.</b>
 */
final class OpenLoop implements LoopSessions.Owner {
  private final Loop loop;
  private final int loops;
  private final LoopAttempts attempts;
  private final LoopSessions sessions;
  private final Map<Integer, Long> heldBack = new HashMap<>();
  private final ArrayDeque<Start> held = new ArrayDeque<>();

  /** By step; made ahead of the first, as a population of users takes a while. */
  private final Map<Integer, Arriving> scheduled = new HashMap<>();

  private @Nullable Arriving current;
  private int inFlight;
  private boolean sendingHeld;

  OpenLoop(Loop loop, int loops, LoopAttempts attempts, LoopSessions sessions) {
    this.loop = loop;
    this.loops = loops;
    this.attempts = attempts;
    this.sessions = sessions;
  }

  /**
   * Plans the arrivals of a step.
   *
   * @param cap on requests in flight, over all loops; null: none
   */
  void schedule(StepPlan plan, FireTimes times, @Nullable Integer cap) {
    scheduled.put(plan.index(), new Arriving(plan, times, cap));
  }

  /** Begins {@code step}, which may have no schedule. */
  void begin(int step) {
    current = scheduled.remove(step);
    if (current != null) {
      current.scheduleNext();
    }
  }

  /** Ends the step: its held-back starts were never sent, and that is how they are recorded. */
  void end() {
    current = null;
    for (Start start = held.poll(); start != null; start = held.poll()) {
      attempts.neverSent(
          start.phase(),
          start.intended(),
          start.user(),
          Outcome.UNFINISHED,
          "held back by max_in_flight until the step was over");
      start.onEnd().ended(Outcome.UNFINISHED, null);
    }
  }

  long heldBack(int step) {
    return heldBack.getOrDefault(step, 0L);
  }

  /** The earliest intent of what is held back, {@code Long.MAX_VALUE} where nothing is. */
  long heldSince() {
    Start first = held.peek();
    return first == null ? Long.MAX_VALUE : first.intended();
  }

  @Override
  public int phaseAt(long intended) {
    return current == null ? LoopSessions.NO_PHASE : current.plan.index();
  }

  /** Sends it now, or holds it back where as many as may be are in flight. */
  @Override
  public void admit(Start start) {
    if (current != null && inFlight >= current.limit) {
      heldBack.merge(start.phase(), 1L, Long::sum);
      held.add(start);
    } else {
      send(start, false);
    }
  }

  @Override
  public void over(Outcome outcome) {}

  private void send(Start start, boolean wasHeld) {
    inFlight++;
    attempts.start(
        new Start(
            start.phase(),
            start.intended(),
            start.user(),
            wasHeld,
            start.request(),
            (outcome, call) -> {
              inFlight--;
              sendHeld();
              start.onEnd().ended(outcome, call);
            }));
  }

  /** Uses the room that an attempt has made, whichever step it was of. */
  private void sendHeld() {
    // An attempt that ends as it starts makes room at once, and is not to recurse for it.
    if (!sendingHeld) {
      sendingHeld = true;
      while (current != null && inFlight < current.limit && !held.isEmpty()) {
        send(held.remove(), true);
      }
      sendingHeld = false;
    }
  }

  /** The arrivals of one step; where a run goes on in its middle, those that are left of it. */
  private final class Arriving {
    final StepPlan plan;
    final FireTimes times;
    final int limit;
    long arrival = -1;
    private long first;

    Arriving(StepPlan plan, FireTimes times, @Nullable Integer cap) {
      this.plan = plan;
      this.times = times;
      this.limit =
          cap == null ? Integer.MAX_VALUE : cap / loops + (loop.index() < cap % loops ? 1 : 0);
      do {
        first = times.next();
      } while (first < plan.fromNanos() - plan.startNanos());
    }

    private long next() {
      arrival++;
      return arrival == 0 ? first : times.next();
    }

    void scheduleNext() {
      Scheduler scheduler = loop.scheduler();
      long next;
      do {
        next = next();
      } while (next != Long.MAX_VALUE && arrival % loops != loop.index());
      if (next != Long.MAX_VALUE) {
        long intended = plan.startNanos() + next;
        long user = times.user();
        scheduler.at(intended, () -> arrive(intended, user));
      }
    }

    private void arrive(long intended, long user) {
      if (current == this) {
        scheduleNext();
        sessions.start(OpenLoop.this, plan.index(), intended, user);
      }
    }
  }
}
