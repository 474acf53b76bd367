package dev.candor.app.quota;

import dev.candor.analysis.quota.Ask;
import dev.candor.analysis.quota.Counting;
import dev.candor.analysis.quota.CountingFits;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.LimitFit.Refill;
import dev.candor.app.quota.FoundLimit.Kind;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the quota that a target enforces: each of its limits by requests that the others do not
 * mind. <b>For one thread.</b>
 */
final class QuotaProbe {
  private static final double MINUTE = 60;

  /** Of the requests that a limit lets pass: so many look for a limit on tokens. */
  private static final double BESIDE_REQUESTS = 0.8;

  /** Of the requests that may be sent, in the steady state: the rest are refused. */
  private static final double PASSING = 0.5;

  private static final double SHAPE_SECONDS = 15;
  private static final int SMALLEST = 16;
  private static final double LONGEST_REST_SECONDS = 15;

  private final ProbeSession session;
  private final QuotaTerms terms;
  private final List<FoundLimit> limits = new ArrayList<>();
  private List<LimitFit> counting = List.of();

  /** Whether a window of the limit on requests has just turned. */
  private boolean fresh;

  /** What passed before a limit on tokens was looked for. */
  private List<Ask> before = List.of();

  QuotaProbe(ProbeSession session, QuotaTerms terms) {
    this.session = session;
    this.terms = terms;
  }

  /**
   * Finds it.
   *
   * @throws CandorException where the target serves nothing
   */
  QuotaFindings find() throws InterruptedException {
    hello();
    LimitFit requests = requests();
    AfterLimit after = new AfterLimit(session);
    if (requests != null && requests.refill() == Refill.TOKEN_BUCKET) {
      after.examine(requests, terms.requestsPerSecond());
    }
    if (requests != null && requests.refill() == Refill.FIXED_WINDOW) {
      after.windows(session.all());
      fresh = true;
    }
    int tokensFrom = session.all().size();
    if (requests != null) {
      // So that the next request is not refused for what was used up before.
      double seconds = Math.min(LONGEST_REST_SECONDS, 3 * MINUTE / requests.perMinute().low());
      session.rest(Math.round(seconds * 1e9));
    }
    before = Asks.of(session.all());
    LimitFit tokens = tokens(requests);
    if (requests != null && tokens != null && requests.refill() == Refill.TOKEN_BUCKET) {
      after.refusedForTokens(requests, tokensFrom, terms.requestsPerSecond());
      if (tokens.refill() == Refill.TOKEN_BUCKET && tokens.counting() == Counting.RESERVED) {
        after.together(requests, tokens);
      }
    }
    markBoundByTokens(requests, tokens);
    return after.findings(limits, counting, CountingFits.decided(counting));
  }

  private void hello() throws InterruptedException {
    Probe first = session.fire(Volley.single("hello", Shape.TINY)).getFirst();
    if (first.refused()) {
      throw new CandorException(
          ErrorCode.TARGET,
          "the very first request was refused (%s); a quota can be found only where some of it is left: wait, or use another key"
              .formatted(first.attempt().error()));
    }
  }

  private @Nullable LimitFit requests() throws InterruptedException {
    double most = terms.requestsPerSecond();
    List<Probe> before = List.copyOf(session.all());
    LimitTrial.Result result =
        LimitTrial.run(
            session,
            trial(
                "requests",
                Counting.REQUESTS,
                Shape.TINY,
                Shape.TINY,
                most,
                ignored -> Shape.TINY,
                most));
    LimitFit fit = result.fit();
    if (fit != null && fit.refill() == Refill.TOKEN_BUCKET) {
      // What the first request took had come back by the burst, or had not: whichever held more.
      List<Probe> all = new ArrayList<>(before);
      all.addAll(result.probes());
      LimitFit together = LimitFit.of(Asks.of(all), Counting.REQUESTS, false);
      if (together != null && together.burst().value() > fit.burst().value()) {
        fit = fit.withBurst(together.burst());
      }
    }
    add(Kind.REQUESTS, result, fit, terms.rpmUpTo());
    return fit;
  }

  private @Nullable LimitFit tokens(@Nullable LimitFit requests) throws InterruptedException {
    double rate = largePerSecond(requests);
    int large =
        Math.clamp(
            (long) Math.ceil(terms.tokensPerSecond() / rate), SMALLEST, terms.largestTokens());
    double upTo = Math.min(terms.tpmUpTo(), large * rate * MINUTE / QuotaTerms.BEYOND);
    LimitTrial.Result reserved =
        LimitTrial.run(
            session,
            trial(
                "tokens",
                Counting.RESERVED,
                Shape.reserving(large),
                Shape.reading(large),
                rate,
                perSecond -> Shape.reserving(size(perSecond, rate, large)),
                rate));
    if (reserved.fit() != null) {
      return ofReserved(reserved, reserved.fit(), rate, large, upTo);
    }
    LimitTrial.Result read =
        LimitTrial.run(
            session,
            trial(
                "input tokens",
                Counting.INPUT,
                Shape.reading(large),
                Shape.both(large),
                rate,
                perSecond -> Shape.reading(size(perSecond, rate, large)),
                rate));
    LimitFit input = read.fit() == null ? null : ofInput(read, read.fit(), rate, large);
    if (input != null && input.counting() != Counting.INPUT) {
      add(Kind.TOKENS, read, input, upTo);
      return input;
    }
    if (input == null) {
      add(Kind.TOKENS, reserved, null, upTo);
    }
    add(Kind.INPUT_TOKENS, read, input, upTo);
    output(rate);
    return input;
  }

  /** A long answer takes of a limit on tokens; does a long prompt? */
  private LimitFit ofReserved(
      LimitTrial.Result reserved, LimitFit first, double rate, int large, double upTo)
      throws InterruptedException {
    List<Probe> all = new ArrayList<>(reserved.probes());
    if (first.refill() == Refill.TOKEN_BUCKET) {
      double perSecond = first.perMinute().value() / MINUTE;
      all.addAll(
          session.fire(
              Volley.of(
                  "tokens of prompts",
                  Shape.reading(size(perSecond, rate, large)),
                  Math.min(rate, 1.3 * PASSING * rate),
                  SHAPE_SECONDS,
                  Volley.Until.NEVER)));
    }
    counting = CountingFits.ranked(before, Asks.of(all), fresh);
    LimitFit best = counting.isEmpty() ? first : counting.getFirst();
    add(Kind.TOKENS, new LimitTrial.Result(best, true, all), best, upTo);
    return best;
  }

  /** Prompts take of a limit on tokens; does what is answered? */
  private LimitFit ofInput(LimitTrial.Result read, LimitFit first, double rate, int large)
      throws InterruptedException {
    List<Probe> all = new ArrayList<>(read.probes());
    if (first.refill() == Refill.TOKEN_BUCKET) {
      double perSecond = first.perMinute().value() / MINUTE;
      int size = size(perSecond, rate, large);
      all.addAll(
          session.fire(
              Volley.of(
                  "tokens of answers",
                  Shape.both(size),
                  Math.min(rate, 1.3 * PASSING * rate),
                  SHAPE_SECONDS,
                  Volley.Until.NEVER)));
    }
    counting = CountingFits.ranked(before, Asks.of(all), fresh);
    return counting.isEmpty() ? first : counting.getFirst();
  }

  private void output(double rate) throws InterruptedException {
    double outputUpTo = terms.tpmUpTo() / 5.0;
    int size =
        Math.clamp((long) Math.ceil(QuotaTerms.BEYOND * outputUpTo / MINUTE / rate), SMALLEST, 200);
    LimitTrial.Result written =
        LimitTrial.run(
            session,
            trial(
                "output tokens",
                Counting.OUTPUT,
                Shape.writing(size),
                // Short: what is being answered is not yet known to be counted.
                Shape.writing(Math.max(SMALLEST, size / 4)),
                rate,
                perSecond -> Shape.writing(size(perSecond, rate, size)),
                rate));
    add(
        Kind.OUTPUT_TOKENS,
        written,
        written.fit(),
        Math.min(outputUpTo, size * rate * MINUTE / QuotaTerms.BEYOND));
  }

  private LimitTrial.Terms trial(
      String name,
      Counting what,
      Shape burst,
      Shape again,
      double burstPerSecond,
      java.util.function.DoubleFunction<Shape> steady,
      double mostPerSecond) {
    return new LimitTrial.Terms(
        name,
        what,
        burst,
        again,
        burstPerSecond,
        steady,
        mostPerSecond,
        QuotaTerms.BURST_SECONDS,
        terms.steadySeconds(),
        terms.windowSeconds(),
        terms.within(),
        fresh);
  }

  /** Requests a second that a limit on requests does not mind. */
  private static double largePerSecond(@Nullable LimitFit requests) {
    return requests == null
        ? QuotaTerms.MOST_LARGE
        : Math.min(QuotaTerms.MOST_LARGE, BESIDE_REQUESTS * requests.perMinute().low() / MINUTE);
  }

  /** The size at which half of the requests that may be sent use up {@code perSecond}. */
  private static int size(double perSecond, double rate, int largest) {
    return Math.clamp(
        Math.round(perSecond / (PASSING * rate)), Math.min(SMALLEST, largest), largest);
  }

  private void add(Kind kind, LimitTrial.Result result, @Nullable LimitFit fit, double upTo) {
    String note =
        fit != null
            ? fit.explains()
                ? null
                : "neither a bucket nor a fixed window explains what passed; the rate is the best guess"
            : result.refusedAny()
                ? "requests were refused, and none passed again while it was waited for"
                : null;
    limits.add(
        new FoundLimit(
            kind,
            fit,
            upTo,
            result.probes().size(),
            ToldLimits.perMinute(kind, result.probes()),
            note));
  }

  /** Even the smallest request has tokens: where they bind, no more is known of requests. */
  private void markBoundByTokens(@Nullable LimitFit requests, @Nullable LimitFit tokens) {
    if (requests == null || tokens == null) {
      return;
    }
    List<Ask> hello = Asks.of(session.all().subList(0, 1));
    double each = hello.isEmpty() ? 1 : tokens.counting().needed(hello.getFirst());
    if (requests.perMinute().value() * each > 0.9 * tokens.perMinute().value()) {
      FoundLimit found = limits.getFirst();
      limits.set(
          0,
          new FoundLimit(
              found.kind(),
              found.fit(),
              found.searchedUpTo(),
              found.requests(),
              found.toldPerMinute(),
              "at least: the smallest requests already use up the tokens"));
    }
  }
}
