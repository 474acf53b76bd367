package dev.candor.load.transport.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.simulated.SimulatedLinks.Link;
import dev.candor.load.transport.simulated.SimulatedLinks.Way;
import dev.candor.scenario.SimulatedNetwork;
import dev.candor.scenario.SimulatedNetwork.Proxy;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SimulatedLinksTest {
  private static final long MS = 1_000_000;
  private static final Distribution ZERO = constant(0);

  private static Distribution constant(double nanos) {
    return new Distribution.Constant(nanos);
  }

  private static Link link(SimulatedNetwork network) {
    return new SimulatedLinks(network, new Seed(1)).connect(0);
  }

  @Test
  void way_ofThePerfectNetwork_takesNoTime() {
    Way way = SimulatedLinks.perfect().connect(0).way(0);

    assertThat(way.toServer(5, 1000)).isEqualTo(5);
    assertThat(way.toClient(7, 1)).isEqualTo(7);
  }

  @Test
  void setUp_aRoundTrip_andOneMoreWithTls() {
    SimulatedNetwork plain = SimulatedNetwork.ofLatency(constant(10 * MS));
    SimulatedNetwork tls =
        new SimulatedNetwork(
            constant(10 * MS), ZERO, Double.POSITIVE_INFINITY, 0, Proxy.NONE, true);

    assertThat(link(plain).setUpNanos()).isEqualTo(20 * MS);
    assertThat(link(tls).setUpNanos()).isEqualTo(40 * MS);
  }

  @Test
  void way_latencyBandwidthAndProxy_addUp() {
    // A byte a microsecond.
    SimulatedNetwork network =
        new SimulatedNetwork(
            constant(10 * MS), ZERO, 1e6, 0, new Proxy(constant(3 * MS), constant(2 * MS)), false);
    Way way = link(network).way(0);

    // 600 bytes and 5 a token.
    assertThat(way.toServer(0, 100)).isEqualTo((600 + 500) * 1_000 + 10 * MS + 3 * MS);
    // 250 bytes and 5 a token.
    long first = 2 * MS + 255_000 + 10 * MS;
    assertThat(way.toClient(0, 1)).isEqualTo(first);
    // The next is ready before the first is through, and follows it.
    assertThat(way.toClient(100_000, 1)).isEqualTo(first + 255_000);
  }

  @Test
  void toClient_withJitter_neverOvertakes() {
    SimulatedNetwork network =
        new SimulatedNetwork(
            constant(MS),
            new Distribution.Exponential(20 * MS),
            Double.POSITIVE_INFINITY,
            0,
            Proxy.NONE,
            false);
    Way way = link(network).way(3);

    long before = 0;
    for (int i = 0; i < 500; i++) {
      long now = way.toClient(i * MS, 1);
      assertThat(now).isGreaterThanOrEqualTo(Math.max(before, i * MS + MS));
      before = now;
    }
  }

  @Test
  void toClient_lostPackets_comeAfterTimeoutsThatDouble() {
    SimulatedNetwork network =
        new SimulatedNetwork(
            constant(50 * MS), ZERO, Double.POSITIVE_INFINITY, 0.3, Proxy.NONE, false);
    Set<Long> delays = new TreeSet<>();
    int late = 0;
    int sent = 2000;
    SimulatedLinks links = new SimulatedLinks(network, new Seed(5));
    for (int i = 0; i < sent; i++) {
      long delay = links.connect(0).way(i).toClient(0, 1) - 50 * MS;
      late += delay > 0 ? 1 : 0;
      delays.add(delay / MS);
    }

    // 200 ms and the round trip; then twice that as well; then four times.
    assertThat(delays).contains(0L, 300L, 900L, 2100L).doesNotContain(600L);
    assertThat(late / (double) sent).isBetween(0.27, 0.33);
  }
}
