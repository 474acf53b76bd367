package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.base.stats.StraightLine;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a conversation's requests get on as it grows: by turn, and by prompt length. One thread. */
final class SessionFigures {
  /** Turns from here on are in bands: 11 to 20, 21 to 50, 51 to 100, and all later ones. */
  private static final int SINGLE_TURNS = 10;

  private static final int[] BANDS = {20, 50, 100};
  private static final int LEAST_CONTEXT = 512;

  private final Map<Integer, Row> turns = new TreeMap<>();
  private final Map<Integer, Row> contexts = new TreeMap<>();
  private final StraightLine byTurn = new StraightLine();
  private final StraightLine byContext = new StraightLine();
  private int mostTurns;
  private long firstTurns;
  private long shared;
  private long sharedOf;

  /** What requests of one turn, or of one range of lengths, have in common. */
  private static final class Row {
    final LatencySketch ttft = new LatencySketch();
    long requests;
    long input;
    long cached;
    long cacheKnownInput;

    void add(AttemptRecord a, long inputTokens) {
      requests++;
      input += inputTokens;
      if (a.cachedTokens() != NONE) {
        cached += a.cachedTokens();
        cacheKnownInput += inputTokens;
      }
      Long first = AttemptFigures.ttft(a);
      if (first != null) {
        ttft.add(first, 1);
      }
    }

    Summary.SessionRow summarize(int from, @Nullable Integer to) {
      return new Summary.SessionRow(
          from,
          to,
          requests,
          (double) input / requests,
          cacheKnownInput == 0 ? null : (double) cached / cacheKnownInput,
          ttft.latency());
    }
  }

  void add(AttemptRecord a) {
    boolean first = a.attempt() == 1;
    firstTurns += first && a.turn() == 0 && a.sent() != NONE ? 1 : 0;
    if (first && a.sharedTokens() != NONE) {
      shared += a.sharedTokens();
      sharedOf += a.inputTokensAsked();
    }
    if (a.outcome() != Outcome.COMPLETED) {
      return;
    }
    int turn = a.turn() + 1;
    mostTurns = Math.max(mostTurns, turn);
    long tokens = AttemptFigures.inputTokens(a);
    turns.computeIfAbsent(band(turn), any -> new Row()).add(a, tokens);
    contexts.computeIfAbsent(context(tokens), any -> new Row()).add(a, tokens);
    Long ttft = AttemptFigures.ttft(a);
    if (ttft != null) {
      byTurn.add(turn, ttft / 1e6);
      byContext.add(tokens / 1e3, ttft / 1e6);
    }
  }

  private static int band(int turn) {
    if (turn <= SINGLE_TURNS) {
      return turn;
    }
    int from = SINGLE_TURNS + 1;
    for (int to : BANDS) {
      if (turn <= to) {
        return from;
      }
      from = to + 1;
    }
    return from;
  }

  private static @Nullable Integer lastOfBand(int from) {
    if (from <= SINGLE_TURNS) {
      return from;
    }
    for (int to : BANDS) {
      if (from <= to) {
        return to;
      }
    }
    return null;
  }

  /** The power of two that the length is below, at least {@link #LEAST_CONTEXT}. */
  private static int context(long tokens) {
    int below = LEAST_CONTEXT;
    while (below <= tokens && below < 1 << 30) {
      below *= 2;
    }
    return below;
  }

  /**
   * Of all prompt tokens, those that the best possible cache would have served; null: uncounted.
   */
  @Nullable Double ceiling() {
    return sharedOf == 0 ? null : Double.valueOf((double) shared / sharedOf);
  }

  Summary.Sessions summarize() {
    List<Summary.SessionRow> turnRows = new ArrayList<>();
    if (mostTurns > 1) {
      turns.forEach((from, row) -> turnRows.add(row.summarize(from, lastOfBand(from))));
    }
    List<Summary.SessionRow> contextRows = new ArrayList<>();
    contexts.forEach(
        (below, row) ->
            contextRows.add(row.summarize(below == LEAST_CONTEXT ? 0 : below / 2, below - 1)));
    return new Summary.Sessions(firstTurns, turnRows, contextRows, slope(byTurn), slope(byContext));
  }

  private static Summary.@Nullable Slope slope(StraightLine line) {
    Double slope = line.slope();
    StraightLine.Interval interval = line.slopeInterval();
    return slope == null || interval == null
        ? null
        : new Summary.Slope(slope, new Summary.Interval(interval.low(), interval.high()));
  }
}
