package dev.candor.load.driver;

import dev.candor.load.transport.PreparedRequest;
import dev.candor.workload.Session;
import dev.candor.workload.SessionSource;
import dev.candor.workload.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Makes each request when it is asked for, on the loop's own thread, numbered as {@link AheadFeed}
 * numbers them: for time that waits until it is made. Requests keep their prompts and have no body.
 */
public final class DirectFeed implements RequestFeed {
  private final SessionSource sessions;
  private final List<RequestMaker> makers = new ArrayList<>();
  private final long firstNumber;
  private final long[] next;

  /**
   * @param leavers users who leave
   * @param sharedPrefixes those of each loop
   * @param firstNumber of the requests of this feed
   */
  public DirectFeed(
      SessionSource sessions,
      Leavers leavers,
      IntFunction<SharedPrefixes> sharedPrefixes,
      long firstNumber,
      int loops) {
    this.sessions = sessions;
    this.firstNumber = firstNumber;
    this.next = new long[loops];
    for (int loop = 0; loop < loops; loop++) {
      makers.add(new RequestMaker(null, leavers, sharedPrefixes.apply(loop)));
      next[loop] = firstNumber + loop;
    }
  }

  @Override
  public PreparedRequest poll(int loop) {
    Session session = sessions.session(next[loop]);
    next[loop] += next.length;
    return makers.get(loop).prepare(session, session.first());
  }

  @Override
  public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
    then.accept(makers.get(loopOf(ended)).follow(ended));
  }

  private int loopOf(EndedCall ended) {
    return (int) Math.floorMod(ended.request().number() - firstNumber, (long) next.length);
  }

  @Override
  public void close() {}
}
