package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.HttpRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.record.Outcome;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An exchange's deadlines in virtual time: each exact, and few timers for all of them. */
final class HttpExchangeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<Long> armed = new ArrayList<>();
  private final List<AttemptTrace> ended = new ArrayList<>();
  private final AttemptTrace trace = new AttemptTrace();

  /** Virtual time that notes what is armed. */
  private final class Counting implements Scheduler {
    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Timer at(long nanos, Runnable task) {
      armed.add(nanos);
      return time.at(nanos, task);
    }
  }

  /** A connection that only ends. */
  private static final class Ending implements Connection {
    @Override
    public void send(HttpExchange exchange) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void abort(HttpExchange exchange, Outcome outcome, @Nullable String why) {
      exchange.finish(outcome, why);
    }

    @Override
    public void close() {}
  }

  private HttpExchange exchange(Timeouts timeouts) {
    Target target = HttpRig.target(timeouts, true);
    HttpTarget address =
        HttpTarget.of(List.of(URI.create("http://127.0.0.1:9/v1")), target, new ChatDialect(target))
            .getFirst();
    HttpTransport transport =
        new HttpTransport(new Counting(), address, 1, (opens, pool) -> {}, LoopGauges.NONE);
    PreparedRequest request = new PreparedRequest(0, "", 1, 1, new byte[0]);
    return new HttpExchange(transport, request, trace, ended::add);
  }

  private void runTo(long millis) {
    time.runUntil(millis * MS);
  }

  private static Timeouts timeouts(
      long connect, long headers, long firstToken, long idle, long total) {
    return new Timeouts(connect * MS, headers * MS, firstToken * MS, idle * MS, total * MS);
  }

  private void assertEnds(Outcome outcome, long millis) {
    time.runUntil(millis * MS - 1);
    assertThat(ended).isEmpty();
    time.runUntil(millis * MS);
    assertThat(ended).hasSize(1);
    assertThat(trace.outcome).isEqualTo(outcome);
  }

  @Test
  void silence_endsAtTheHeadersDeadline_countedFromTheSending() {
    HttpExchange exchange = exchange(timeouts(50, 1000, 5000, 300, 9000));
    exchange.onConnection(new Ending());
    runTo(40);
    exchange.requestSent(0, 40 * MS);
    assertEnds(Outcome.TIMEOUT_HEADERS, 1040);
  }

  @Test
  void firstTokenDeadline_isCountedFromTheSending_howeverLateTheHeaders() {
    HttpExchange exchange = exchange(timeouts(50, 5000, 700, 300, 9000));
    exchange.onConnection(new Ending());
    exchange.requestSent(0, 0);
    runTo(650);
    exchange.responseHead(200, time.nanoTime());
    assertEnds(Outcome.TIMEOUT_FIRST_TOKEN, 700);
  }

  @Test
  void firstTokenDeadline_thatPassedBeforeTheHeaders_strikesWithThem() {
    HttpExchange exchange = exchange(timeouts(50, 5000, 700, 300, 9000));
    exchange.onConnection(new Ending());
    exchange.requestSent(0, 0);
    runTo(4000);
    // The timer does not spin while a deadline to come is past already.
    assertThat(armed.size()).isLessThan(20);
    exchange.responseHead(200, time.nanoTime());
    assertEnds(Outcome.TIMEOUT_FIRST_TOKEN, 4000);
  }

  @Test
  void idleDeadline_isCountedFromTheLastRead() {
    HttpExchange exchange = exchange(timeouts(50, 5000, 5000, 300, 9000));
    exchange.onConnection(new Ending());
    exchange.requestSent(0, 0);
    runTo(10);
    exchange.responseHead(200, time.nanoTime());
    exchange.firstTokenSeen();
    for (int read = 1; read <= 50; read++) {
      runTo(10 + 20L * read);
      exchange.touched(time.nanoTime());
    }
    assertEnds(Outcome.TIMEOUT_IDLE, 10 + 20L * 50 + 300);
    // A second and a third of it with 50 reads, and no more than a timer every 300 ms.
    assertThat(armed.size()).isLessThan(12);
  }

  @Test
  void totalDeadline_endsARequestThatTheServerDoesNotRead() {
    HttpExchange exchange = exchange(timeouts(50, 5000, 5000, 300, 900));
    exchange.onConnection(new Ending());
    assertEnds(Outcome.TIMEOUT_TOTAL, 900);
  }

  @Test
  void totalDeadline_endsAStreamThatGoesOn() {
    HttpExchange exchange = exchange(timeouts(50, 5000, 5000, 300, 900));
    exchange.onConnection(new Ending());
    exchange.requestSent(0, 0);
    exchange.responseHead(200, time.nanoTime());
    exchange.firstTokenSeen();
    for (int read = 1; read <= 44; read++) {
      runTo(20L * read);
      exchange.touched(time.nanoTime());
    }
    assertEnds(Outcome.TIMEOUT_TOTAL, 900);
  }

  @Test
  void ordinaryAttempt_needsOneTimer() {
    HttpExchange exchange = exchange(timeouts(5000, 60_000, 60_000, 30_000, 600_000));
    exchange.onConnection(new Ending());
    exchange.requestSent(0, 0);
    runTo(200);
    exchange.responseHead(200, time.nanoTime());
    exchange.firstTokenSeen();
    for (int read = 1; read <= 100; read++) {
      runTo(200 + 20L * read);
      exchange.touched(time.nanoTime());
    }
    exchange.finish(Outcome.COMPLETED, null);
    assertThat(armed).hasSize(1);
    time.runUntilIdle();
    assertThat(ended).hasSize(1);
  }
}
