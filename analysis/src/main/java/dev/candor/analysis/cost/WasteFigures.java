package dev.candor.analysis.cost;

import dev.candor.analysis.Summary;
import dev.candor.record.AttemptRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up what was wasted, by cause. For one thread. */
final class WasteFigures {
  private final Map<WasteCause, Tally> tallies = new EnumMap<>(WasteCause.class);

  private static final class Tally {
    private long attempts;
    private long input;
    private long output;
    private double amount;
  }

  void add(AttemptRecord a, double amount) {
    WasteCause cause = WasteCause.of(a);
    if (cause != null) {
      Tally tally = tallies.computeIfAbsent(cause, ignored -> new Tally());
      tally.attempts++;
      tally.input += Billing.inputTokens(a);
      tally.output += Billing.outputTokens(a);
      tally.amount += amount;
    }
  }

  /**
   * @param priced whether the amounts are money
   * @param factor from amounts to money
   */
  Summary.Waste waste(boolean priced, double factor) {
    List<Summary.WastedBy> causes = new ArrayList<>();
    tallies.forEach(
        (cause, tally) ->
            causes.add(
                new Summary.WastedBy(
                    cause.key(),
                    tally.attempts,
                    tally.input,
                    tally.output,
                    priced ? tally.amount * factor : null)));
    return new Summary.Waste(causes);
  }
}
