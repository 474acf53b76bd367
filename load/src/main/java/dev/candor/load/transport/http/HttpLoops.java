package dev.candor.load.transport.http;

import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.Loops;
import dev.candor.load.health.SystemGauges;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Transport;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Target;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The event loops of a run over HTTP. */
public final class HttpLoops implements Loops {
  private final LoopGroup group;
  private final List<Loop> loops;

  /** Starts {@code count} loops that send to {@code url}. */
  public HttpLoops(int count, URI url, Target target, Dialect dialect, Clock clock) {
    this(count, List.of(url), target, dialect, clock);
  }

  /**
   * Starts {@code count} loops that send to {@code urls} in turn. A bound on connections is shared
   * out evenly among loops and addresses, one each at least.
   */
  public HttpLoops(int count, List<URI> urls, Target target, Dialect dialect, Clock clock) {
    this(count, urls, target, dialect, clock, new Resolver(InetAddress::getAllByName));
  }

  HttpLoops(
      int count, List<URI> urls, Target target, Dialect dialect, Clock clock, Resolver resolver) {
    List<HttpTarget> targets = HttpTarget.of(urls, target, dialect);
    group = new LoopGroup(count, target.client());
    loops = new ArrayList<>(count);
    int most = target.connections().most();
    for (EventLoop eventLoop : group.loops()) {
      LoopScheduler scheduler = new LoopScheduler(eventLoop, clock);
      SystemGauges gauges = new SystemGauges();
      List<HttpTransport> transports = new ArrayList<>(targets.size());
      for (HttpTarget each : targets) {
        int pool = loops.size() * targets.size() + each.index();
        transports.add(
            new HttpTransport(
                scheduler,
                each,
                share(most, count * targets.size(), pool),
                new Connector(eventLoop, scheduler, each, resolver, group, gauges),
                gauges));
      }
      Transport transport =
          transports.size() == 1 ? transports.getFirst() : new Turns(transports, count);
      loops.add(new Loop(loops.size(), scheduler, transport, eventLoop));
    }
  }

  /** What {@code one} of {@code parts} gets of {@code whole}; 0 is without end. */
  static int share(int whole, int parts, int one) {
    return whole == 0
        ? Integer.MAX_VALUE
        : Math.max(1, whole / parts + (one < whole % parts ? 1 : 0));
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
