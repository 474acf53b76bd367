package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Abort;
import dev.candor.scenario.Prices;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the {@code abort} section. */
final class AbortReader {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final Problems problems;

  AbortReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param slos whether the scenario has any
   * @param prices null where it has none
   */
  Abort read(@Nullable Value value, boolean slos, @Nullable Prices prices) {
    if (value == null) {
      return Abort.NEVER;
    }
    Section section = new Section(value, problems, Keys.ABORT);
    if (section.has("goodput") && !slos) {
      section.problem("goodput", "needs targets that a request can miss: slo is not given");
    }
    if (section.has("cost") && prices == null) {
      section.problem("cost", "needs prices of tokens: prices is not given");
    }
    String currency = prices == null ? PriceFields.USD : prices.currency();
    return new Abort(
        section.<@Nullable Double>read("failed", null, AbortReader::failed),
        section.<@Nullable Double>read("goodput", null, AbortReader::goodput),
        section.<@Nullable Double>read("cost", null, text -> AmountText.positive(text, currency)),
        section.<@Nullable Long>read("client_limited", null, AbortReader::seconds),
        section.read("over", Abort.DEFAULT_OVER_NANOS, AbortReader::over));
  }

  private static Double failed(String text) {
    double share = Shares.parsePart(text);
    if (share >= 1) {
      throw CandorException.user(
          "found %s, which can never be exceeded; must be below 100%%".formatted(text));
    }
    return share;
  }

  private static Double goodput(String text) {
    double share = Shares.parsePart(text);
    if (share <= 0) {
      throw CandorException.user(
          "found %s, which goodput can never be below; must be above 0%%".formatted(text));
    }
    return share;
  }

  /** The client is judged by the second. */
  private static Long seconds(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos < SECOND) {
      throw CandorException.user(
          "found %s, must be at least 1s: the client is judged by the second".formatted(text));
    }
    return nanos;
  }

  private static Long over(String text) {
    long nanos = seconds(text);
    if (nanos > HOUR) {
      throw CandorException.user("found %s, must be at most 1h".formatted(text));
    }
    return nanos;
  }
}
