package dev.candor.load.transport.simulated;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.SimulatedNetwork;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Connections over a simulated network. <b>Safe for use by several threads.</b> */
public final class SimulatedLinks {
  /*
   * Each connection is a queue of its own, with its own latency and the whole bandwidth: what
   * connections do to each other, TCP's windows and its slow start are left out. A request and an
   * event are as many packets as their bytes need, estimated from their tokens. A packet that is lost
   * is sent again after a retransmission timeout, the round trip and the 200 ms below which common
   * systems have none (RFC 6298 wants a second), and after twice that when it is lost again. What is
   * behind it waits, as TCP delivers in order.
   */
  private static final int REQUEST_BYTES = 600;
  private static final int EVENT_BYTES = 250;
  private static final int BYTES_A_TOKEN = 5;
  private static final int PACKET_BYTES = 1460;
  private static final long LEAST_TIMEOUT_NANOS = 200_000_000;
  private static final int MOST_RETRANSMISSIONS = 15;

  private final SimulatedNetwork network;
  private final Seed seed;
  private final boolean perfect;

  /**
   * @param seed of the connections' latencies and the packets' fates
   */
  public SimulatedLinks(SimulatedNetwork network, Seed seed) {
    this.network = network;
    this.seed = seed;
    this.perfect = network.equals(SimulatedNetwork.NONE);
  }

  /** Connections that cost nothing. */
  public static SimulatedLinks perfect() {
    return new SimulatedLinks(SimulatedNetwork.NONE, new Seed(0));
  }

  /** A connection that is made anew; {@code number} tells it from all others. */
  Link connect(long number) {
    if (perfect) {
      return new Link(0);
    }
    RandomGenerator random = seed.derive("connection").derive(number).stream();
    return new Link(nanos(network.latencyNanos(), random));
  }

  private static long nanos(Distribution distribution, RandomGenerator random) {
    return Math.max(0, Math.round(distribution.sample(random)));
  }

  /** One connection. */
  final class Link {
    private final long latencyNanos;

    private Link(long latencyNanos) {
      this.latencyNanos = latencyNanos;
    }

    /** How long it takes to be set up: a round trip, with TLS 1.3 two. */
    long setUpNanos() {
      return (network.tls() ? 4 : 2) * latencyNanos;
    }

    long roundTripNanos() {
      return 2 * latencyNanos;
    }

    /** How long the end of an exchange takes to be known at the server. */
    long latencyNanos() {
      return latencyNanos;
    }

    /** The way of one request and its answer. */
    Way way(long request) {
      return new Way(this, perfect ? null : seed.derive("packets").derive(request).stream());
    }
  }

  /** The packets of one exchange. */
  final class Way {
    private final Link link;
    private final @Nullable RandomGenerator random;
    private long freeAt = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;

    private Way(Link link, @Nullable RandomGenerator random) {
      this.link = link;
      this.random = random;
    }

    /** Whether nothing takes any time on it. */
    boolean isInstant() {
      return random == null;
    }

    /** When a request of so many tokens that is sent at {@code nanos} is with the engine. */
    long toServer(long nanos, int tokens) {
      if (random == null) {
        return nanos;
      }
      long bytes = REQUEST_BYTES + (long) BYTES_A_TOKEN * tokens;
      return nanos
          + serialised(bytes)
          + link.latencyNanos
          + nanos(network.jitterNanos(), random)
          + lost(bytes, random)
          + nanos(network.proxy().requestNanos(), random);
    }

    /** When an event of so many tokens that is ready at {@code nanos} is with the client. */
    long toClient(long nanos, int tokens) {
      if (random == null) {
        return nanos;
      }
      long bytes = EVENT_BYTES + (long) BYTES_A_TOKEN * tokens;
      long begins = Math.max(nanos + nanos(network.proxy().eventNanos(), random), freeAt);
      freeAt = begins + serialised(bytes);
      long arrives =
          freeAt + link.latencyNanos + nanos(network.jitterNanos(), random) + lost(bytes, random);
      last = Math.max(last, arrives);
      return last;
    }

    private long serialised(long bytes) {
      return (long) Math.ceil(bytes * 1e9 / network.bytesPerSecond());
    }

    /** How much later the last of so many bytes comes as packets were lost. */
    private long lost(long bytes, RandomGenerator draws) {
      if (network.loss() == 0) {
        return 0;
      }
      long longest = 0;
      for (long packet = Math.ceilDiv(bytes, PACKET_BYTES); packet > 0; packet--) {
        long timeout = LEAST_TIMEOUT_NANOS + link.roundTripNanos();
        long delay = 0;
        for (int i = 0; i < MOST_RETRANSMISSIONS && draws.nextDouble() < network.loss(); i++) {
          delay += timeout;
          timeout *= 2;
        }
        longest = Math.max(longest, delay);
      }
      return longest;
    }
  }
}
