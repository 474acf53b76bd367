package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.Range;
import dev.candor.app.quota.QuotaFindings.Overload;
import dev.candor.app.quota.QuotaFindings.Recovery;
import dev.candor.app.quota.QuotaFindings.Refusal;
import dev.candor.app.quota.QuotaFindings.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a target behaves at a limit that was found. <b>For one thread.</b> */
final class AfterLimit {
  private static final double MINUTE = 60;
  private static final double OVERLOAD = 3;
  private static final double OVERLOAD_SECONDS = 5;
  private static final int ASKED_AGAIN = 5;
  private static final double LONGEST_WAIT_SECONDS = 75;
  private static final double PACE = 0.95;
  private static final int IN_A_ROW = 10;
  private static final double DISAGREE = 0.03;

  /** Whole seconds are rounded up. */
  private static final long ROUNDED_NANOS = 1_000_000_000;

  private final ProbeSession session;
  private @Nullable Overload overload;
  private @Nullable Recovery recovery;
  private @Nullable Together together;
  private @Nullable Integer refusedTokensCount;
  private int askedAgain;
  private int passedThen;

  AfterLimit(ProbeSession session) {
    this.session = session;
  }

  /** Overload, whether {@code retry-after} is true, and recovery, at a bucket of requests. */
  void examine(LimitFit requests, double mostPerSecond) throws InterruptedException {
    double perSecond = requests.perMinute().value() / MINUTE;
    double rate = Math.min(mostPerSecond, OVERLOAD * perSecond);
    double seconds = Math.max(OVERLOAD_SECONDS, 20 / perSecond);
    List<Probe> asked = fire("overload", rate, seconds);
    long from = asked.getFirst().attempt().sent();
    long to = asked.getLast().attempt().sent();
    overload =
        new Overload(
            rate / perSecond,
            asked.size(),
            (int) asked.stream().filter(Probe::passed).count(),
            perSecond * (to - from) / 1e9);
    recover(to, perSecond);
    comeAgain(mostPerSecond);
  }

  /**
   * How long nothing passed at most until a fixed window turned, and whether it turned when the
   * refusals said.
   */
  void windows(List<Probe> asked) {
    Probe lastPassed = null;
    List<Probe> refused = new ArrayList<>();
    for (Probe probe : asked) {
      if (probe.refused()) {
        refused.add(probe);
      } else if (probe.passed()) {
        if (lastPassed != null && !refused.isEmpty()) {
          double seconds = since(lastPassed.attempt().sent(), probe);
          if (recovery == null || recovery.firstSeconds() < seconds) {
            recovery = new Recovery(seconds, seconds);
          }
          turned(refused, probe);
        }
        lastPassed = probe;
        refused.clear();
      }
    }
  }

  /** What the refusals said of when it would turn, against when it did. */
  private void turned(List<Probe> refused, Probe passed) {
    long earliest = refused.getLast().attempt().sent();
    long latest = passed.attempt().headers();
    for (Probe probe : refused) {
      Long wait = ToldLimits.retryAfterNanos(probe);
      if (wait != null) {
        long told = probe.attempt().headers() + wait;
        askedAgain++;
        passedThen += told >= earliest && told <= latest + ROUNDED_NANOS ? 1 : 0;
      }
    }
  }

  private void recover(long overloadEnd, double perSecond) throws InterruptedException {
    List<Probe> paced = fire("recovery", PACE * perSecond, 3 * IN_A_ROW / perSecond);
    Double first = null;
    Double full = null;
    int row = 0;
    for (int i = 0; i < paced.size() && full == null; i++) {
      row = paced.get(i).passed() ? row + 1 : 0;
      if (row == 1 && first == null) {
        first = since(overloadEnd, paced.get(i));
      }
      if (row == IN_A_ROW) {
        full = since(overloadEnd, paced.get(i - IN_A_ROW + 1));
      }
    }
    recovery = first == null ? null : new Recovery(first, full);
  }

  private static double since(long nanos, Probe probe) {
    return (probe.attempt().sent() - nanos) / 1e9;
  }

  /** Does what the refusals ask for: waits, and asks once. */
  private void comeAgain(double mostPerSecond) throws InterruptedException {
    for (int i = 0; i < ASKED_AGAIN; i++) {
      List<Probe> asked =
          session.fire(
              Volley.of(
                  "use up",
                  Shape.TINY,
                  mostPerSecond,
                  LONGEST_WAIT_SECONDS,
                  ended -> ended.stream().anyMatch(Probe::refused)));
      Probe last = null;
      for (Probe probe : asked) {
        last = probe.refused() ? probe : last;
      }
      Long wait = last == null ? null : ToldLimits.retryAfterNanos(last);
      if (last == null || wait == null || wait > LONGEST_WAIT_SECONDS * 1e9) {
        return;
      }
      long at = last.attempt().headers() + wait;
      session.rest(Math.max(0, at - session.nanos()));
      Probe again = session.fire(Volley.single("come again", Shape.TINY)).getFirst();
      askedAgain++;
      passedThen += again.passed() ? 1 : 0;
    }
  }

  /**
   * Whether what was refused for its tokens was counted as a request: by how many requests are
   * left.
   *
   * @param tokensFrom index of the session's first request that looked for a limit on tokens
   */
  void refusedForTokens(LimitFit requests, int tokensFrom, double mostPerSecond)
      throws InterruptedException {
    session.rest(1_000_000_000L);
    List<Probe> before = List.copyOf(session.all());
    List<Probe> burst =
        session.fire(
            Volley.of(
                "what is left",
                Shape.TINY,
                mostPerSecond,
                QuotaTerms.BURST_SECONDS,
                ended -> ended.stream().filter(Probe::refused).count() >= 3));
    int passed = 0;
    while (passed < burst.size() && burst.get(passed).passed()) {
      passed++;
    }
    int free = left(requests, 0, before, tokensFrom, burst);
    int counted = left(requests, 1, before, tokensFrom, burst);
    double apart = free - counted;
    if (apart >= 10) {
      double cost = (free - passed) / apart;
      refusedTokensCount =
          Math.abs(cost) < 0.35 ? (Integer) 0 : Math.abs(cost - 1) < 0.35 ? (Integer) 1 : null;
    }
  }

  private static int left(
      LimitFit requests, double cost, List<Probe> before, int tokensFrom, List<Probe> burst) {
    return new RequestsLevel(requests.perMinute().value() / MINUTE, requests.burst().value(), cost)
        .passing(before, tokensFrom, burst);
  }

  /** Requests of such a size that both limits bind alike. */
  void together(LimitFit requests, LimitFit tokens) throws InterruptedException {
    double perSecond = requests.perMinute().value() / MINUTE;
    int each = (int) Math.round(tokens.perMinute().value() / requests.perMinute().value());
    if (each < 8) {
      return;
    }
    int input = Asks.of(session.all().subList(0, 1)).stream().mapToInt(ask -> ask.input()).sum();
    double rate = 1.1 * perSecond;
    double seconds = Math.max(30, 40 / perSecond);
    List<Probe> asked =
        session.fire(
            Volley.of(
                "together", Shape.reserving(each - input), rate, seconds, Volley.Until.NEVER));
    // By then what was left of either is used up.
    List<Probe> late = asked.subList(asked.size() / 2, asked.size());
    double time = (late.getLast().attempt().sent() - late.getFirst().attempt().sent()) / 1e9;
    long passed = late.stream().filter(Probe::passed).count();
    double perMinute = passed / time * MINUTE;
    double one = MINUTE / time;
    together =
        new Together(
            each,
            new Range(perMinute - one, perMinute, perMinute + one),
            Math.min(requests.perMinute().value(), tokens.perMinute().value() / each));
  }

  QuotaFindings findings(List<FoundLimit> limits, List<LimitFit> counting, boolean decided) {
    long tokens = 0;
    for (Probe probe : session.all()) {
      if (probe.passed()) {
        tokens +=
            Math.max(probe.attempt().inputTokensAsked(), probe.attempt().inputTokens())
                + (long) probe.attempt().outputTokens();
      }
    }
    return new QuotaFindings(
        limits,
        counting,
        decided,
        refusal(),
        recovery,
        overload,
        refusedTokensCount,
        together,
        disagreements(limits),
        session.all().size(),
        tokens,
        session.nanos() / 1e9);
  }

  private @Nullable Refusal refusal() {
    List<Probe> refused = session.all().stream().filter(Probe::refused).toList();
    if (refused.isEmpty()) {
      return null;
    }
    double[] waits =
        refused.stream()
            .map(ToldLimits::retryAfterNanos)
            .filter(Objects::nonNull)
            .mapToDouble(nanos -> nanos / 1e9)
            .sorted()
            .toArray();
    return new Refusal(
        refused.getFirst().attempt().httpStatus(),
        refused.size(),
        waits.length,
        (int) refused.stream().filter(probe -> ToldLimits.tellsReset(probe.hints())).count(),
        String.valueOf(refused.getFirst().attempt().error()),
        askedAgain,
        passedThen,
        waits.length == 0 ? null : (Double) waits[0],
        waits.length == 0 ? null : (Double) waits[waits.length - 1]);
  }

  private List<String> disagreements(List<FoundLimit> limits) {
    List<String> all = new ArrayList<>();
    for (FoundLimit limit : limits) {
      Long told = limit.toldPerMinute();
      LimitFit fit = limit.fit();
      if (told == null) {
        continue;
      }
      if (fit == null) {
        if (told <= limit.searchedUpTo()) {
          all.add(
              String.format(
                  Locale.ROOT,
                  "headers tell of a limit of %,d %s, and none was found up to %,.0f",
                  told,
                  limit.kind().acronym(),
                  limit.searchedUpTo()));
        }
      } else if (Math.abs(told / fit.perMinute().value() - 1) > DISAGREE) {
        all.add(
            String.format(
                Locale.ROOT,
                "headers tell of a limit of %,d %s, %,.0f pass",
                told,
                limit.kind().acronym(),
                fit.perMinute().value()));
      }
    }
    if (askedAgain > passedThen) {
      all.add(
          "retry-after is not kept: after %d of %d something passed when it said"
              .formatted(passedThen, askedAgain));
    }
    return all;
  }

  private List<Probe> fire(String name, double rate, double seconds) throws InterruptedException {
    return session.fire(Volley.of(name, Shape.TINY, rate, seconds, Volley.Until.NEVER));
  }
}
