package dev.candor.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timetable of troubles for somebody's application, and the service that has them.
 *
 * @param service how it answers where nothing is wrong; without faults of its own
 * @param acts one after another, at least one
 */
public record AuditScript(MockSettings service, List<Act> acts) {
  public AuditScript {
    acts = List.copyOf(acts);
  }

  /**
   * A part of the time.
   *
   * @param name unique in its script
   * @param lastsNanos above 0
   * @param faults whose windows count from the act's begin; none outlasts it
   */
  public record Act(String name, long lastsNanos, List<FaultRule> faults) {
    public Act {
      faults = List.copyOf(faults);
    }
  }

  /** From the first act's begin to the last one's end. */
  public long lastsNanos() {
    return acts.stream().mapToLong(Act::lastsNanos).sum();
  }

  /**
   * The same script in {@code nanos}: acts, windows, {@code retry_after} and {@code stall_for} are
   * all as much longer or shorter. Delays and periods that are drawn from distributions stay.
   */
  public AuditScript lasting(long nanos) {
    double factor = (double) nanos / lastsNanos();
    return new AuditScript(
        service,
        acts.stream()
            .map(
                act ->
                    new Act(
                        act.name(),
                        scaled(act.lastsNanos(), factor),
                        act.faults().stream().map(rule -> scaled(rule, factor)).toList()))
            .toList());
  }

  private static FaultRule scaled(FaultRule rule, double factor) {
    FaultRule.Window window = rule.window();
    return new FaultRule(
        scaled(rule.fault(), factor),
        rule.match(),
        new FaultRule.Window(
            Math.round(window.fromNanos() * factor),
            window.lastsNanos() == 0 ? 0 : scaled(window.lastsNanos(), factor),
            window.everyNanos()));
  }

  private static MockFault scaled(MockFault fault, double factor) {
    return switch (fault) {
      case MockFault.ErrorStatus(int status, @Nullable Long asked, @Nullable String body) ->
          new MockFault.ErrorStatus(status, asked == null ? null : scaled(asked, factor), body);
      case MockFault.Stall(int after, long nanos) ->
          new MockFault.Stall(after, nanos == 0 ? 0 : scaled(nanos, factor));
      default -> fault;
    };
  }

  private static long scaled(long nanos, double factor) {
    return Math.max(1, Math.round(nanos * factor));
  }
}
