package dev.candor.corpus.shape;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.shape.Dimension.Spread;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the shape of traffic in one pass, in memory that does not grow with its requests but with
 * the range of their values; at most about 150 MiB. Those with a time come in the order of their
 * arrivals. <b>For one thread.</b>
 */
public final class ShapeCollector {
  private static final int NONE = RequestShape.NONE;

  /** Requests whose end is known, of those in flight, that concurrency needs. */
  private static final double ENDS_NEEDED = 0.95;

  private static final int MOST_TURNS = 1 << 16;

  private final Counts input = Counts.ofTokens();
  private final Counts output = Counts.ofTokens();
  private final Counts requestGaps = Counts.ofNanos();
  private final Counts sessionGaps = Counts.ofNanos();
  private final Counts thinkTimes = Counts.ofNanos();
  private final Burstiness.Collector bursts = new Burstiness.Collector();
  private final InFlight inFlight = new InFlight();
  private final PrefixCeiling ceiling = new PrefixCeiling(PrefixCeiling.Rule.EVERY_TOKEN);
  private final PrefixCeiling wholeBlocks = new PrefixCeiling(PrefixCeiling.Rule.WHOLE_BLOCKS);
  private final RankCorrelation correlation = new RankCorrelation();
  private final ArrivalBins bins = new ArrivalBins();

  /** Requests by the number of their turn. */
  private long[] byTurn = new long[8];

  private long requests;
  private long inputTokens;
  private long outputTokens;
  private long timed;
  private long ended;
  private long firstNanos = NONE;
  private long lastNanos = NONE;
  private long lastSessionNanos = NONE;

  /** Takes the next request. */
  public void add(RequestShape request) {
    requests++;
    inputTokens += request.inputTokens();
    input.add(request.inputTokens());
    if (request.outputTokens() != NONE) {
      outputTokens += request.outputTokens();
      output.add(request.outputTokens());
      correlation.add(request.inputTokens(), request.outputTokens());
    }
    if (request.thinkNanos() != NONE) {
      thinkTimes.add(request.thinkNanos());
    }
    ceiling.add(request);
    wholeBlocks.add(request);
    int turn = Math.min(request.turn(), MOST_TURNS - 1);
    if (turn >= byTurn.length) {
      byTurn = Arrays.copyOf(byTurn, Math.max(turn + 1, 2 * byTurn.length));
    }
    byTurn[turn]++;
    if (request.atNanos() != NONE) {
      addTime(request);
    }
  }

  private void addTime(RequestShape request) {
    long at = request.atNanos();
    if (firstNanos == NONE) {
      firstNanos = at;
    } else {
      requestGaps.add(Math.max(0, at - lastNanos));
    }
    lastNanos = at;
    timed++;
    bursts.add(at);
    bins.add(at);
    if (request.turn() == 0) {
      if (lastSessionNanos != NONE) {
        sessionGaps.add(Math.max(0, at - lastSessionNanos));
      }
      lastSessionNanos = at;
    }
    if (request.endNanos() != NONE) {
      ended++;
      inFlight.add(at, request.endNanos());
    }
  }

  /**
   * What was found.
   *
   * @throws CandorException where there was no request
   */
  public TrafficShape shape() {
    if (requests == 0) {
      throw CandorException.user("there is no request in it, so that it has no shape");
    }
    Map<Spread, EmpiricalDistribution> spreads = new EnumMap<>(Spread.class);
    known(spreads, Spread.INPUT_TOKENS, input);
    known(spreads, Spread.OUTPUT_TOKENS, output);
    known(spreads, Spread.TURNS, turns());
    known(spreads, Spread.REQUEST_GAP, requestGaps);
    known(spreads, Spread.SESSION_GAP, sessionGaps);
    known(spreads, Spread.THINK_TIME, thinkTimes);
    if (timed > 0 && ended >= ENDS_NEEDED * timed) {
      known(spreads, Spread.CONCURRENCY, inFlight.levels());
    }
    return new TrafficShape(
        requests,
        byTurn[0],
        inputTokens,
        outputTokens,
        lastNanos - firstNanos,
        spreads,
        timed > 1 ? Optional.of(bursts.burstiness()) : Optional.empty(),
        rate(ceiling),
        rate(wholeBlocks),
        ceiling.exact() && wholeBlocks.exact(),
        correlation.coefficient(),
        bins.counts());
  }

  private static void known(
      Map<Spread, EmpiricalDistribution> spreads, Spread dimension, Counts counts) {
    if (counts.total() > 0) {
      spreads.put(dimension, counts.distribution());
    }
  }

  private static OptionalDouble rate(PrefixCeiling ceiling) {
    return ceiling.known() ? OptionalDouble.of(ceiling.rate()) : OptionalDouble.empty();
  }

  /**
   * As many sessions have exactly n turns as there are requests of turn n less those of turn n + 1,
   * so that no session needs to be remembered. A session whose beginning is missing counts for
   * none.
   */
  private Counts turns() {
    Counts turns = Counts.ofTokens();
    for (int i = 0; i < byTurn.length; i++) {
      long next = i + 1 < byTurn.length ? byTurn[i + 1] : 0;
      turns.add(i + 1L, Math.max(0, byTurn[i] - next));
    }
    return turns;
  }
}
