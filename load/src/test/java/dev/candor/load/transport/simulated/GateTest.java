package dev.candor.load.transport.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.simulated.Gate.Admitted;
import dev.candor.load.transport.simulated.Gate.Arrival;
import dev.candor.load.transport.simulated.Gate.Cut;
import dev.candor.load.transport.simulated.Gate.Refused;
import dev.candor.load.transport.simulated.Gate.Served;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final long MS = 1_000_000;

  private final VirtualTime scheduler = new VirtualTime();
  private final List<Arrival> asked = new ArrayList<>();
  private final List<Served> served = new ArrayList<>();

  /** The first token after 10 ms, 10 ms to each of the 9 that follow. */
  private AttemptTrace answered(List<Gate> gates, long cutAfter) {
    SimulatedServer server =
        new SimulatedServer(
            (listener, numbers) ->
                new DrawnServing(
                    new Distribution.Constant(10 * MS),
                    new Distribution.Constant(10 * MS),
                    new Seed(1),
                    listener,
                    numbers),
            Answering.AS_ASKED,
            ServerTerms.NONE,
            gates,
            scheduler);
    AttemptTrace trace = new AttemptTrace();
    trace.attempt = 3;
    var exchange =
        new SimulatedTransport(server, scheduler, Timeouts.DEFAULT)
            .start(new PreparedRequest(7, "all", 100, 10, new byte[0]), trace, ignored -> {});
    if (cutAfter > 0) {
      scheduler.at(cutAfter, () -> exchange.cut(Outcome.CANCELLED));
    }
    scheduler.runUntilIdle();
    return trace;
  }

  private Gate admitting(Cut cut) {
    return (arrival, nanos) -> {
      asked.add(arrival);
      return new Admitted(cut, (done, at) -> served.add(done));
    };
  }

  private Gate admitting() {
    return (arrival, nanos) -> {
      asked.add(arrival);
      return new Admitted(null, (done, at) -> served.add(done));
    };
  }

  private static Gate refusing(int status) {
    ServerHints hints = ServerHints.retryAfter(null, 250 * MS);
    return (arrival, nanos) -> new Refused(status, "no", hints);
  }

  @Test
  void admit_refusesWith429_isRateLimitedWithItsHints() {
    AttemptTrace trace = answered(List.of(refusing(429)), 0);

    assertThat(trace.outcome).isEqualTo(Outcome.RATE_LIMITED);
    assertThat(trace.httpStatus).isEqualTo(429);
    assertThat(trace.hints).isNotNull();
    assertThat(trace.hints.pauseNanos()).isEqualTo(250 * MS);
    assertThat(trace.error).isEqualTo("HTTP 429: no");
  }

  @Test
  void admit_refusesWith503_isAServerError() {
    assertThat(answered(List.of(refusing(503)), 0).outcome).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(answered(List.of(refusing(409)), 0).outcome).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void ended_wholeAnswer_tellsItsTokens() {
    AttemptTrace trace = answered(List.of(admitting()), 0);

    assertThat(trace.outcome).isEqualTo(Outcome.COMPLETED);
    assertThat(asked).extracting(Arrival::attempt, Arrival::promptTokens).containsExactly(tuple());
    assertThat(served).containsExactly(new Served(100, 0, 10, false));
  }

  private static org.assertj.core.groups.Tuple tuple() {
    return org.assertj.core.groups.Tuple.tuple(3, 100);
  }

  @Test
  void ended_laterGateRefuses_theFirstHearsOfNothingServed() {
    var _ = answered(List.of(admitting(), refusing(429)), 0);

    assertThat(served).containsExactly(Served.NOTHING);
  }

  @Test
  void ended_clientLeaves_tellsWhatWasMade() {
    var _ = answered(List.of(admitting()), 35 * MS);

    assertThat(served).containsExactly(new Served(100, 0, 3, true));
  }

  @Test
  void cut_afterFourTokens_breaksOffThere() {
    AttemptTrace trace = answered(List.of(admitting(new Cut(4, Outcome.DISCONNECTED, "cut"))), 0);

    assertThat(trace.outcome).isEqualTo(Outcome.DISCONNECTED);
    assertThat(trace.error).isEqualTo("cut");
    assertThat(trace.events()).isEqualTo(4);
    assertThat(trace.end).isEqualTo(40 * MS);
    assertThat(served).containsExactly(new Served(100, 0, 4, false));
  }

  @Test
  void cut_beforeTheFirstToken_leavesNone() {
    AttemptTrace trace = answered(List.of(admitting(new Cut(0, Outcome.TRUNCATED, "cut"))), 0);

    assertThat(trace.outcome).isEqualTo(Outcome.TRUNCATED);
    assertThat(trace.events()).isZero();
    assertThat(trace.end).isEqualTo(10 * MS);
  }

  @Test
  void cut_behindTheAnswersEnd_strikesNothing() {
    assertThat(answered(List.of(admitting(new Cut(10, Outcome.TRUNCATED, "cut"))), 0).outcome)
        .isEqualTo(Outcome.COMPLETED);
  }
}
