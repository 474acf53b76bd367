package dev.candor.load.transport.http;

import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.Loops;
import dev.candor.load.transport.Dialect;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Target;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The event loops of a run over HTTP. */
public final class HttpLoops implements Loops {
  private final LoopGroup group;
  private final List<Loop> loops;

  /** Starts {@code count} loops that send to {@code url}. */
  public HttpLoops(int count, URI url, Target target, Dialect dialect, Clock clock) {
    HttpTarget httpTarget = HttpTarget.of(url, target, dialect);
    group = new LoopGroup(count, target.client());
    loops = new ArrayList<>(count);
    for (EventLoop eventLoop : group.loops()) {
      LoopScheduler scheduler = new LoopScheduler(eventLoop, clock);
      HttpTransport transport = new HttpTransport(eventLoop, group.tcp(), scheduler, httpTarget);
      loops.add(new Loop(loops.size(), scheduler, transport, eventLoop));
    }
  }

  /**
   * Finds out ahead of a run whether this machine can do what {@code settings} ask for.
   *
   * @throws dev.candor.base.error.CandorException where it cannot
   */
  public static void check(int count, ClientSettings settings) {
    boolean special = settings.io() != ClientSettings.Io.AUTO || settings.busyPoll();
    if (special || !settings.pin().isEmpty()) {
      new LoopGroup(count, settings).close();
    }
  }

  @Override
  public List<Loop> loops() {
    return loops;
  }

  @Override
  public void close() {
    for (Loop loop : loops) {
      loop.executor().execute(loop.transport()::close);
    }
    group.close();
  }
}
