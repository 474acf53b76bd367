package dev.candor.app.quota;

import dev.candor.analysis.quota.Ask;
import dev.candor.analysis.quota.BucketFit;
import dev.candor.analysis.quota.Counting;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.WindowFit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds one limit: uses it up, waits until something passes again, and then asks a little more than
 * passes until its rate is known well enough.
 */
final class LimitTrial {
  /*
   * Until something passes again, requests come ever more slowly, from the rate of the burst down to
   * two a second: what refills all the time is heard at once, and what comes back once a minute costs
   * few requests. Then the burst is repeated. A bucket, drained a moment ago, has nothing for it; a
   * window has all.
   */
  private static final int REFUSALS = 12;
  private static final int OF_A_WINDOW = 4;
  private static final int FELT = 6;

  /** Requests of a burst at least, however slowly they may come. */
  private static final int FEWEST = 30;

  private static final double SLOWEST = 2;
  private static final double SLIGHTLY = 1.3;
  private static final double MOST_OVERLOAD = 5;

  /** Beyond it a finer look at when requests pass is worth nothing. */
  private static final double LOOKS_PER_SECOND = 4;

  private static final double FEEL_SECONDS = 15;
  private static final double USUAL_WINDOW_SECONDS = 60;
  private static final int FILLED = 3;
  private static final double FIRST_ROUND_SECONDS = 2;
  private static final int MOST_TURNS = 4;

  /** A turn more takes a whole window: its bounds may be so much wider. */
  private static final double OF_WINDOWS = 2;

  private final ProbeSession session;
  private final Terms terms;
  private final List<Probe> seen = new ArrayList<>();
  private double watchedPerSecond;

  /**
   * What to try.
   *
   * @param counting what the limit is taken to count
   * @param burst the request that uses it up
   * @param again the request that does so a second time: of another shape, to tell what is counted
   * @param burstPerSecond requests a second until then
   * @param steady the request for the steady state, by the limit's units a second
   * @param mostPerSecond requests a second in the steady state
   * @param burstSeconds after which there is taken to be no limit
   * @param steadySeconds at most
   * @param windowSeconds the longest window that is waited for
   * @param within wanted half-width of the rate, as a share
   * @param fresh whether a fixed window has just turned
   */
  record Terms(
      String name,
      Counting counting,
      Shape burst,
      Shape again,
      double burstPerSecond,
      DoubleFunction<Shape> steady,
      double mostPerSecond,
      double burstSeconds,
      double steadySeconds,
      double windowSeconds,
      double within,
      boolean fresh) {}

  /**
   * What came of it.
   *
   * @param fit null where nothing was refused, or nothing passed again
   * @param refusedAny whether anything was refused
   * @param probes all of the trial, in order
   */
  record Result(@Nullable LimitFit fit, boolean refusedAny, List<Probe> probes) {}

  private LimitTrial(ProbeSession session, Terms terms) {
    this.session = session;
    this.terms = terms;
  }

  static Result run(ProbeSession session, Terms terms) throws InterruptedException {
    return new LimitTrial(session, terms).run();
  }

  private Result run() throws InterruptedException {
    int asked = burst("burst", terms.burst()).size();
    // At twice its rate a limit refuses half in the end: a few refusals are another's.
    if (count(seen, false) < Math.min(REFUSALS, Math.ceilDiv(asked, 4))) {
      return new Result(null, false, seen);
    }
    if (!awaitPassing()) {
      return new Result(null, true, seen);
    }
    if (passedFirst(burst("burst again", terms.again())) >= OF_A_WINDOW) {
      windows();
    } else {
      steady();
    }
    return new Result(fit(), true, seen);
  }

  private List<Probe> burst(String what, Shape shape) throws InterruptedException {
    return fire(
        what,
        shape,
        terms.burstPerSecond(),
        Math.max(terms.burstSeconds(), FEWEST / terms.burstPerSecond()),
        ended -> count(ended, false) >= REFUSALS);
  }

  /** Asks ever more slowly until something passes; false where nothing does for a window's time. */
  private boolean awaitPassing() throws InterruptedException {
    double rate = terms.burstPerSecond();
    long begin = session.nanos();
    long most = Math.round(terms.windowSeconds() * 1e9);
    while (true) {
      boolean slowest = rate <= SLOWEST;
      double left = (most - (session.nanos() - begin)) / 1e9;
      if (left <= 0) {
        return false;
      }
      double seconds = slowest ? left : Math.max(0.5, 2 / rate);
      List<Probe> asked =
          fire("watch", terms.burst(), rate, seconds, ended -> count(ended, true) >= 1);
      if (count(asked, true) > 0) {
        watchedPerSecond = rate;
        return true;
      }
      rate = Math.max(rate / 2, Math.min(SLOWEST, rate));
    }
  }

  /** Sees windows turn until their length is known well enough. */
  private void windows() throws InterruptedException {
    fill();
    int least = terms.fresh() || terms.burst().equals(terms.again()) ? 2 : 3;
    // It ends as a window has just turned, so that what is looked for next begins with a new one.
    for (int turns = 2; ; turns++) {
      if (!awaitPassing() || turns == MOST_TURNS) {
        return;
      }
      LimitFit fit = fit();
      if (turns >= least
          && fit != null
          && fit.windowSeconds() != null
          && fit.perMinute().uncertainty() <= OF_WINDOWS * terms.within()) {
        return;
      }
      burst("burst again", terms.burst());
      fill();
    }
  }

  /** What is left of a window beside large requests, with smaller ones. */
  private void fill() throws InterruptedException {
    WindowFit window = WindowFit.of(Asks.of(seen), terms.counting(), terms.fresh());
    Shape small =
        terms.steady().apply(window == null ? 1 : window.budget().low() / USUAL_WINDOW_SECONDS);
    if (!small.equals(terms.burst())) {
      fire(
          "fill",
          small,
          terms.burstPerSecond(),
          FEEL_SECONDS,
          ended -> count(ended, false) >= FILLED);
    }
  }

  /** Asks a little more than passes, until the rate is known well enough. */
  private void steady() throws InterruptedException {
    fire(
        "feel",
        terms.burst(),
        watchedPerSecond,
        FEEL_SECONDS,
        ended -> count(ended, true) >= FELT && count(ended, false) >= 1);
    double spent = 0;
    double round = FIRST_ROUND_SECONDS;
    while (spent < terms.steadySeconds()) {
      BucketFit bucket = BucketFit.of(afterBurst(), terms.counting());
      double perSecond = bucket == null ? terms.burstPerSecond() : bucket.ratePerSecond().value();
      Shape shape = terms.steady().apply(perSecond);
      double passing = perSecond / unitsOf(shape);
      double overload = Math.clamp(LOOKS_PER_SECOND / passing, SLIGHTLY, MOST_OVERLOAD);
      double rate = Math.min(passing * overload, terms.mostPerSecond());
      double seconds = Math.min(round, terms.steadySeconds() - spent);
      List<Probe> asked = fire("steady", shape, rate, seconds, Volley.Until.NEVER);
      spent += seconds;
      round *= 2;
      LimitFit fit = fit();
      if (fit != null
          && fit.perMinute().uncertainty() <= terms.within()
          && count(asked, false) > 0) {
        return;
      }
    }
  }

  /** What a request of {@code shape} takes of the limit, about. */
  private double unitsOf(Shape shape) {
    return Math.max(
        1,
        switch (terms.counting()) {
          case REQUESTS -> 1;
          case RESERVED -> shape.words() + shape.maxTokens();
          case SETTLED, USED -> shape.words() + (shape.cut() ? 1 : shape.maxTokens());
          case INPUT -> shape.words();
          case OUTPUT -> shape.cut() ? 1 : shape.maxTokens();
        });
  }

  /** From the first refusal on: what a bucket held before that is another matter. */
  private List<Ask> afterBurst() {
    List<Ask> asks = Asks.of(seen);
    int first = 0;
    while (first < asks.size() && asks.get(first).admitted()) {
      first++;
    }
    return asks.subList(first, asks.size());
  }

  private @Nullable LimitFit fit() {
    return LimitFit.of(Asks.of(seen), terms.counting(), terms.fresh());
  }

  private List<Probe> fire(
      String what, Shape shape, double rate, double seconds, Volley.Until until)
      throws InterruptedException {
    List<Probe> fired =
        session.fire(Volley.of(terms.name() + " " + what, shape, rate, seconds, until));
    seen.addAll(fired);
    return fired;
  }

  private static int count(List<Probe> probes, boolean passed) {
    int count = 0;
    for (Probe probe : probes) {
      count += (passed ? probe.passed() : probe.refused()) ? 1 : 0;
    }
    return count;
  }

  private static int passedFirst(List<Probe> probes) {
    int count = 0;
    for (Probe probe : probes) {
      if (probe.refused()) {
        return count;
      }
      count++;
    }
    return count;
  }
}
