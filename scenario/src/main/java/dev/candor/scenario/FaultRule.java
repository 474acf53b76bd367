package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a fault strikes, and whom. */
public record FaultRule(MockFault fault, Match match, Window window) {

  /** Every request, always. */
  public static FaultRule always(MockFault fault) {
    return new FaultRule(fault, Match.ALL, Window.ALWAYS);
  }

  public FaultRule matching(Match other) {
    return new FaultRule(fault, other, window);
  }

  public FaultRule within(Window other) {
    return new FaultRule(fault, match, other);
  }

  /**
   * The requests that an answer's fault strikes: those that pass all of these.
   *
   * @param share of them, drawn by the request's number; 1: all
   * @param model null: any
   * @param path such as {@code /v1/messages}, null: any
   * @param headers that must have these values
   * @param nth every nth of those that pass the above, in order of arrival; 1: each
   * @param first only so many of those that pass the above; 0: no limit
   */
  public record Match(
      double share,
      @Nullable String model,
      @Nullable String path,
      Map<String, String> headers,
      int nth,
      int first) {
    public static final Match ALL = new Match(1, null, null, Map.of(), 1, 0);

    public Match {
      headers = Map.copyOf(headers);
    }

    public static Match first(int requests) {
      return new Match(1, null, null, Map.of(), 1, requests);
    }
  }

  /**
   * The slices of time in which a rule is on, counted from the service's start.
   *
   * @param fromNanos first opening
   * @param lastsNanos 0: without an end
   * @param everyNanos from one opening to the next, drawn from the seed; null: it opens once
   */
  public record Window(long fromNanos, long lastsNanos, @Nullable Distribution everyNanos) {
    public static final Window ALWAYS = new Window(0, 0, null);
  }
}
