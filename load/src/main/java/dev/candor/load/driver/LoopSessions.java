package dev.candor.load.driver;

import dev.candor.load.driver.LoopAttempts.OnEnd;
import dev.candor.load.driver.LoopAttempts.Start;
import dev.candor.load.driver.RequestFeed.EndedCall;
import dev.candor.load.driver.RequestFeed.Following;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.record.Outcome;
import dev.candor.workload.Session;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Leads a loop's sessions from call to call. <b>For its loop's thread only.</b> */
final class LoopSessions {
  /** No step wants it. */
  static final int NO_PHASE = -1;

  private final Loop loop;
  private final IntFunction<RequestFeed> feeds;

  /**
   * @param feeds the requests of each step
   */
  LoopSessions(Loop loop, IntFunction<RequestFeed> feeds) {
    this.loop = loop;
    this.feeds = feeds;
  }

  /** Whose sessions they are. */
  interface Owner {
    /**
     * The phase that a call meant to start at {@code intended} belongs to; {@link #NO_PHASE}: the
     * session ends there.
     */
    int phaseAt(long intended);

    /** Has a call started as soon as its limits allow. */
    void admit(Start start);

    /** The last call of a session has ended, or one of them failed, {@code outcome}. */
    void over(Outcome outcome);
  }

  /** Starts the feed's next session. */
  void start(Owner owner, int phase, long intended, long user) {
    owner.admit(
        new Start(
            phase, intended, user, false, null, new InProgress(owner, user, feeds.apply(phase))));
  }

  /** A session that has begun and is not over. */
  private final class InProgress implements OnEnd {
    private final Owner owner;
    private final long user;
    private final RequestFeed feed;

    /** Calls that are in flight, wait for their start, or are being made. */
    private int open = 1;

    private Outcome outcome = Outcome.COMPLETED;

    InProgress(Owner owner, long user, RequestFeed feed) {
      this.owner = owner;
      this.user = user;
      this.feed = feed;
    }

    private boolean goesOn() {
      // Who gave an answer up had no failure: they go on as after any answer.
      return outcome == Outcome.COMPLETED || outcome == Outcome.ABANDONED;
    }

    @Override
    public void ended(Outcome ended, @Nullable EndedCall call) {
      if (goesOn()) {
        outcome = ended;
      }
      if (goesOn() && call != null && call.request().turn().follow() != Session.Follow.NOTHING) {
        long at = loop.scheduler().nanoTime();
        feed.follow(call, loop.executor(), next -> follow(at, next));
      } else {
        close();
      }
    }

    private void follow(long endedAt, List<Following> next) {
      for (Following each : next) {
        open++;
        long intended = endedAt + each.waitNanos();
        // Through the scheduler even without a wait: an immediate answer must not recurse.
        loop.scheduler().at(intended, () -> start(intended, each.request()));
      }
      close();
    }

    private void start(long intended, PreparedRequest request) {
      int phase = goesOn() ? owner.phaseAt(intended) : NO_PHASE;
      if (phase == NO_PHASE) {
        close();
      } else {
        owner.admit(new Start(phase, intended, user, false, request, this));
      }
    }

    private void close() {
      open--;
      if (open == 0) {
        owner.over(outcome);
      }
    }
  }
}
