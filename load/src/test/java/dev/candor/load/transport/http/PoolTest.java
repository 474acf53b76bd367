package dev.candor.load.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.VirtualTime;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import dev.candor.scenario.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets which connection, and who waits, in virtual time and without a socket. */
final class PoolTest {
  private static final long MS = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final List<Pool> begun = new ArrayList<>();
  private final List<AttemptTrace> ended = new ArrayList<>();
  private HttpTransport transport = transport(Connections.DEFAULT, Integer.MAX_VALUE);
  private @Nullable Pool last;
  private long number;

  private HttpTransport transport(Connections connections, int most) {
    Target target = TestClient.Settings.of(connections).target();
    return new HttpTransport(
        time,
        HttpTarget.of(List.of(URI.create("http://h:1/v1")), target, new ChatDialect(target))
            .getFirst(),
        most,
        (transport, pool) -> {
          begun.add(pool);
          last = pool;
        },
        LoopGauges.NONE);
  }

  private static Connections keptOpen(HttpVersion version) {
    return new Connections(version, false, true, 0, null, null, null);
  }

  private Transport.Exchange start() {
    return transport.start(
        new PreparedRequest(number++, "c", 1, 1, new byte[0]), new AttemptTrace(), ended::add);
  }

  private FakeConnection made(int room) {
    FakeConnection connection = new FakeConnection(room);
    begun.removeFirst().made(connection, new Setup(time.nanoTime() - 3 * MS, 1, 2, 3));
    return connection;
  }

  @Test
  void noneFree_aConnectionForEach_andTheFirstMadeServesTheFirst() {
    start();
    start();
    assertThat(begun).hasSize(2);
    time.runUntil(10 * MS);
    FakeConnection first = made(0);
    assertThat(first.numbers()).containsExactly(0L);
    AttemptTrace trace = first.on.getFirst().trace;
    assertThat(trace.blockedNanos).isEqualTo(7 * MS);
    assertThat(trace.connectNanos).isEqualTo(3 * MS);
    assertThat(new long[] {trace.dnsNanos, trace.tcpNanos, trace.tlsNanos})
        .containsExactly(1, 2, 3);
    FakeConnection second = made(0);
    assertThat(second.numbers()).containsExactly(1L);
  }

  @Test
  void freed_theMostRecentServesTheNext_withNothingToWaitFor() {
    start();
    start();
    FakeConnection first = made(0);
    FakeConnection second = made(0);
    first.end(transport);
    second.end(transport);
    start();
    assertThat(second.numbers()).containsExactly(2L);
    AttemptTrace trace = second.on.getFirst().trace;
    assertThat(trace.blockedNanos).isZero();
    assertThat(trace.connectNanos).isEqualTo(AttemptTrace.NO_INSTANT);
  }

  @Test
  void bound_holdsTheRestBack_inOrder_andAClosedOneMakesRoom() {
    transport = transport(Connections.DEFAULT, 1);
    start();
    start();
    start();
    assertThat(begun).hasSize(1);
    FakeConnection only = made(0);
    time.runUntil(5 * MS);
    only.end(transport);
    assertThat(only.numbers()).containsExactly(1L);
    assertThat(only.on.getFirst().trace.blockedNanos).isEqualTo(5 * MS);
    assertThat(begun).isEmpty();
    only.open = false;
    Objects.requireNonNull(last).closed();
    assertThat(begun).hasSize(1);
    assertThat(made(0).numbers()).containsExactly(2L);
  }

  @Test
  void failed_failsTheFirst_andNoOther() {
    start();
    start();
    begun.removeFirst().failed(Outcome.CONNECT_FAILED, "no");
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().outcome).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(begun).hasSize(1);
    assertThat(made(0).numbers()).containsExactly(1L);
  }

  @Test
  void failedUnderABound_theNextTries() {
    transport = transport(Connections.DEFAULT, 1);
    start();
    start();
    begun.removeFirst().failed(Outcome.TIMEOUT_CONNECT, "slow");
    assertThat(begun).hasSize(1);
    begun.removeFirst().failed(Outcome.TIMEOUT_CONNECT, "slow");
    assertThat(ended).hasSize(2);
    assertThat(begun).isEmpty();
  }

  @Test
  void cutWhileItWaits_itsConnectionServesTheNext() {
    Transport.Exchange cut = start();
    cut.cut(Outcome.CANCELLED);
    assertThat(ended).hasSize(1);
    FakeConnection idle = made(0);
    assertThat(idle.on).isEmpty();
    start();
    assertThat(idle.numbers()).containsExactly(1L);
    assertThat(begun).isEmpty();
  }

  @Test
  void total_endsWhoWaitsTooLong() {
    transport = transport(Connections.DEFAULT, 1);
    start();
    start();
    made(0);
    time.runUntil(25_000 * MS);
    assertThat(ended).extracting(trace -> trace.outcome).contains(Outcome.TIMEOUT_TOTAL);
  }

  @Test
  void multiplexed_oneConnectionIsMade_andTakesAsManyAsItHasRoomFor() {
    transport = transport(keptOpen(HttpVersion.HTTP_2), Integer.MAX_VALUE);
    for (int i = 0; i < 7; i++) {
      start();
    }
    assertThat(begun).hasSize(1);
    FakeConnection first = made(3);
    assertThat(first.numbers()).containsExactly(0L, 1L, 2L);
    // Four wait, three to a connection.
    assertThat(begun).hasSize(2);
    assertThat(made(3).numbers()).containsExactly(3L, 4L, 5L);
    FakeConnection third = made(3);
    assertThat(third.numbers()).containsExactly(6L);
    start();
    assertThat(third.numbers()).containsExactly(6L, 7L);
    assertThat(begun).isEmpty();
  }

  @Test
  void multiplexed_failed_failsAllWhoWaited() {
    transport = transport(keptOpen(HttpVersion.HTTP_2), Integer.MAX_VALUE);
    start();
    start();
    begun.removeFirst().failed(Outcome.NOT_RESOLVED, "no");
    assertThat(ended)
        .extracting(trace -> trace.outcome)
        .containsOnly(Outcome.NOT_RESOLVED)
        .hasSize(2);
    assertThat(begun).isEmpty();
  }

  @Test
  void resend_takesANewConnection_thoughOthersAreFree() {
    start();
    start();
    FakeConnection closedAsUsed = made(0);
    FakeConnection free = made(0);
    free.end(transport);
    HttpExchange again = closedAsUsed.on.removeFirst();
    again.requestSent(0, 0);
    transport.resend(again);
    assertThat(again.trace.sent).isEqualTo(AttemptTrace.NO_INSTANT);
    assertThat(again.trace.resends).isEqualTo(1);
    assertThat(free.on).isEmpty();
    assertThat(begun).hasSize(1);
    assertThat(made(0).on).containsExactly(again);
  }

  @Test
  void multiplexed_allThatBrokeTogether_areSentAgainOnTheNextConnection() {
    transport = transport(keptOpen(HttpVersion.HTTP_2), Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      start();
    }
    FakeConnection broken = made(100);
    broken.open = false;
    List<HttpExchange> cut = List.copyOf(broken.on);
    cut.forEach(transport::resend);
    assertThat(begun).hasSize(1);
    assertThat(made(3).on).containsExactlyElementsOf(cut.subList(0, 3));
    assertThat(begun).hasSize(1);
    assertThat(made(3).on).containsExactlyElementsOf(cut.subList(3, 5));
  }

  @Test
  void multiplexed_failed_leavesThoseWhoComeMeanwhileToTheNextConnection() {
    transport = transport(keptOpen(HttpVersion.HTTP_2), Integer.MAX_VALUE);
    // Each that ends makes room for another, as under max_in_flight.
    transport.start(
        new PreparedRequest(number++, "c", 1, 1, new byte[0]),
        new AttemptTrace(),
        trace -> {
          ended.add(trace);
          start();
        });
    begun.removeFirst().failed(Outcome.CONNECT_FAILED, "no");
    assertThat(ended).hasSize(1);
    assertThat(begun).hasSize(1);
    assertThat(made(1).numbers()).containsExactly(1L);
  }

  @Test
  void withoutKeepAlive_whatIsGivenBackIsClosed() {
    transport =
        transport(
            new Connections(HttpVersion.HTTP_1_1, false, false, 0, null, null, null),
            Integer.MAX_VALUE);
    start();
    FakeConnection connection = made(0);
    connection.end(transport);
    assertThat(connection.open).isFalse();
    start();
    assertThat(begun).hasSize(1);
  }

  @Test
  void close_closesTheFree_andWhatIsMadeAfterwards() {
    start();
    FakeConnection connection = made(0);
    start();
    connection.end(transport);
    transport.close();
    assertThat(made(0).open).isFalse();
  }

  @Test
  void share_isEven_andOneEachAtLeast() {
    assertThat(HttpLoops.share(0, 4, 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(
            new int[] {
              HttpLoops.share(5, 3, 0), HttpLoops.share(5, 3, 1), HttpLoops.share(5, 3, 2)
            })
        .containsExactly(2, 2, 1);
    assertThat(HttpLoops.share(1, 2, 1)).isEqualTo(1);
  }

  private static final class FakeConnection implements Connection {
    final List<HttpExchange> on = new ArrayList<>();
    boolean open = true;
    private final int most;

    FakeConnection(int most) {
      this.most = most;
    }

    List<Long> numbers() {
      return on.stream().map(exchange -> exchange.request.number()).toList();
    }

    void end(HttpTransport transport) {
      HttpExchange exchange = on.removeFirst();
      transport.release(this);
      exchange.finish(Outcome.COMPLETED, null);
    }

    @Override
    public void send(HttpExchange exchange) {
      on.add(exchange);
      exchange.onConnection(this);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public int room() {
      return Math.max(0, most - on.size());
    }

    @Override
    public void abort(HttpExchange exchange, Outcome outcome, @Nullable String why) {
      on.remove(exchange);
      open = false;
      exchange.finish(outcome, why);
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
