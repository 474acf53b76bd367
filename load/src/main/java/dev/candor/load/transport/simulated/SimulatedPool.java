package dev.candor.load.transport.simulated;

import dev.candor.load.transport.simulated.SimulatedLinks.Link;
import dev.candor.scenario.Connections;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A loop's connections: the one that was free last serves next, as over HTTP. <b>For its
 * scheduler's thread only.</b>
 */
final class SimulatedPool {
  private final SimulatedLinks links;
  private final boolean keepAlive;
  private final boolean multiplexed;
  private final int most;
  private final ArrayDeque<Link> free = new ArrayDeque<>();
  private final ArrayDeque<SimulatedExchange> waiting = new ArrayDeque<>();
  private final long firstNumber;
  private final int loops;
  private @Nullable Link shared;
  private long made;
  private int open;

  /**
   * @param loop of so many {@code loops}, which share out the connections
   */
  SimulatedPool(SimulatedLinks links, Connections settings, int loop, int loops) {
    this.links = links;
    this.keepAlive = settings.keepAlive();
    this.multiplexed =
        settings.version() == Connections.HttpVersion.HTTP_2 && !settings.onePerRequest();
    this.most = settings.most() == 0 ? Integer.MAX_VALUE : Math.max(1, settings.most() / loops);
    this.firstNumber = loop;
    this.loops = loops;
  }

  /** Gives {@code exchange} a connection now, or as soon as one is free. */
  void start(SimulatedExchange exchange) {
    if (multiplexed) {
      boolean anew = shared == null;
      Link link = shared == null ? connect() : shared;
      shared = link;
      exchange.onLink(link, anew);
    } else if (!free.isEmpty()) {
      exchange.onLink(free.pop(), false);
    } else if (open < most) {
      exchange.onLink(connect(), true);
    } else {
      waiting.add(exchange);
    }
  }

  private Link connect() {
    open++;
    return links.connect(firstNumber + made++ * loops);
  }

  /** It no longer waits, if it did. */
  void leave(SimulatedExchange exchange) {
    waiting.remove(exchange);
  }

  /**
   * Takes a connection back.
   *
   * @param reusable whether the answer on it was complete
   */
  void release(Link link, boolean reusable) {
    if (multiplexed) {
      return;
    }
    SimulatedExchange next = waiting.poll();
    if (reusable && keepAlive) {
      if (next == null) {
        free.push(link);
      } else {
        next.onLink(link, false);
      }
      return;
    }
    open--;
    if (next != null) {
      next.onLink(connect(), true);
    }
  }

  /** Connections that are open; how many were made so far. */
  long open() {
    return open;
  }

  long made() {
    return made;
  }
}
