package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** HTTP phases by connection, and requests by address, of attempts made by hand. */
final class HttpFiguresTest {
  private static final long MS = 1_000_000;
  private static final int NONE = AttemptRecord.NONE;

  /** Sent at 20 ms, headers at 50 ms, first token at 60 ms, done at 90 ms. */
  private static AttemptRecord attempt(
      Outcome outcome, long connect, HttpPhases http, int target, int resends) {
    return attempt(outcome, 20 * MS, connect, http, target, resends);
  }

  private static AttemptRecord unsent(Outcome outcome) {
    return attempt(outcome, NONE, NONE, HttpPhases.UNKNOWN, 0, 0);
  }

  private static AttemptRecord attempt(
      Outcome outcome, long sent, long connect, HttpPhases http, int target, int resends) {
    return new AttemptRecord(
        0,
        1,
        0,
        "chat",
        0,
        0,
        AttemptRecord.NONE,
        0,
        0,
        sent,
        50 * MS,
        60 * MS,
        NONE,
        60 * MS,
        60 * MS,
        90 * MS,
        connect,
        outcome,
        200,
        null,
        "stop",
        9,
        9,
        NONE,
        AttemptRecord.NONE,
        1,
        NONE,
        TokenSource.USAGE,
        1,
        0,
        target,
        resends,
        http,
        new long[] {60 * MS},
        new int[] {1},
        new long[0],
        new long[0]);
  }

  private static AttemptRecord onNew(int target) {
    HttpPhases http = new HttpPhases(MS, 2 * MS, 3 * MS, 4 * MS, 5 * MS, MS / 2);
    return attempt(Outcome.COMPLETED, 9 * MS, http, target, 0);
  }

  private static AttemptRecord onKept(Outcome outcome, int target, int resends) {
    HttpPhases http = new HttpPhases(NONE, NONE, NONE, NONE, 7 * MS, NONE);
    return attempt(outcome, NONE, http, target, resends);
  }

  @Test
  void phases_areApartByConnection_andUnknownOnesHaveNoSample() {
    HttpFigures figures = new HttpFigures();
    figures.add(onNew(0));
    figures.add(onKept(Outcome.COMPLETED, 0, 1));
    figures.add(onKept(Outcome.DISCONNECTED, 0, 0));
    Summary.Http http = figures.summarize();
    assertThat(http.requestsOnNew()).isEqualTo(1);
    assertThat(http.requestsOnKept()).isEqualTo(2);
    assertThat(http.resends()).isEqualTo(1);
    assertThat(http.onNew().keySet())
        .containsExactly("blocked", "dns", "connect", "tls", "send", "wait", "receive", "rtt");
    assertThat(http.onNew().values())
        .extracting(Summary.Latency::mean)
        .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 30.0, 40.0, 0.5);
    // A failed request's times are not those of an answer.
    assertThat(http.onKept().values())
        .extracting(Summary.Latency::count)
        .containsExactly(0L, 0L, 0L, 0L, 1L, 1L, 1L, 0L);
    assertThat(Objects.requireNonNull(http.onKept().get("tls")).mean()).isNull();
  }

  @Test
  void latencies_areOfAllConnectionsTogether() {
    HttpFigures figures = new HttpFigures();
    figures.add(onNew(0));
    figures.add(onKept(Outcome.COMPLETED, 0, 0));
    Summary.Latency send = Objects.requireNonNull(figures.latencies().get("http_send"));
    assertThat(send.count()).isEqualTo(2);
    assertThat(send.mean()).isEqualTo(6.0);
    assertThat(Objects.requireNonNull(figures.latencies().get("http_rtt")).count()).isEqualTo(1);
  }

  @Test
  void addresses_haveARowEach_whereThereAreSeveral() {
    TargetFigures figures = new TargetFigures(List.of("http://a/v1", "http://b/v1"));
    figures.add(onNew(0));
    figures.add(onKept(Outcome.COMPLETED, 1, 0));
    figures.add(onKept(Outcome.DISCONNECTED, 1, 0));
    List<Summary.TargetShare> rows = figures.summarize();
    assertThat(rows)
        .extracting(Summary.TargetShare::address)
        .containsExactly("http://a/v1", "http://b/v1");
    assertThat(rows).extracting(Summary.TargetShare::requests).containsExactly(1L, 2L);
    assertThat(rows).extracting(Summary.TargetShare::failed).containsExactly(0L, 1L);
    assertThat(rows.get(1).ttft().mean()).isEqualTo(40.0);
    assertThat(rows.get(1).e2e().max()).isEqualTo(70.0);
  }

  @Test
  void startThatWasNeverSent_isNoAddresss() {
    TargetFigures figures = new TargetFigures(List.of("http://a/v1", "http://b/v1"));
    figures.add(unsent(Outcome.UNFINISHED));
    figures.add(unsent(Outcome.CONNECT_FAILED));
    assertThat(figures.summarize())
        .extracting(Summary.TargetShare::requests)
        .containsExactly(1L, 0L);
  }

  @Test
  void oneAddress_isNoTable() {
    TargetFigures figures = new TargetFigures(List.of("http://a/v1"));
    figures.add(onNew(0));
    assertThat(figures.summarize()).isEmpty();
  }
}
