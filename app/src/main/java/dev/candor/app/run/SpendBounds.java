package dev.candor.app.run;

import dev.candor.analysis.cost.Billing;
import dev.candor.app.run.BudgetAccount.Amount;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.scenario.Api;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most that an attempt may come to, before it starts, and what it came to, once it has ended;
 * learns from each what the next may. <b>For its loop's thread only.</b>
 */
final class SpendBounds {
  /** Of an answer without a limit, before any is known. */
  static final int UNKNOWN_ANSWER = 256;

  private final @Nullable Prices prices;
  private final boolean answers;

  /** How many more prompt tokens the server has counted than we did, the most. */
  private long excess;

  private long longestAnswer;
  private long countedTokens;
  private long countedEvents;

  SpendBounds(Scenario scenario) {
    prices = scenario.prices();
    answers = scenario.target().api() != Api.OPENAI_EMBEDDINGS;
  }

  Amount most(PreparedRequest request) {
    long in = Math.max(0, request.inputTokens()) + excess;
    long out = mostOutput(request);
    return Amount.of(prices == null ? 0 : prices.mostFor(in, out), in + out);
  }

  private long mostOutput(PreparedRequest request) {
    if (!answers) {
      return 0;
    }
    return request.maxTokens() > 0
        ? request.maxTokens()
        : longestAnswer > 0 ? longestAnswer : UNKNOWN_ANSWER;
  }

  Amount actual(PreparedRequest request, AttemptTrace trace) {
    boolean counted = trace.promptTokens() >= 0;
    boolean taken =
        counted
            || (trace.sent != AttemptTrace.NO_INSTANT
                && Billing.billed(Objects.requireNonNull(trace.outcome)));
    if (counted) {
      excess = Math.max(excess, (long) trace.promptTokens() - request.inputTokens());
    }
    long in = counted ? trace.promptTokens() : taken ? request.inputTokens() + excess : 0;
    long out = output(request, trace);
    longestAnswer = Math.max(longestAnswer, out);
    long cached = Math.clamp(trace.cachedTokens(), 0, in);
    long written = Math.clamp(trace.cacheWriteTokens(), 0, in - cached);
    double money =
        prices == null
            ? 0
            : prices.cost(in - cached - written, cached, written, out)
                + (taken ? prices.requestPrice() : 0);
    return Amount.of(money, in + out);
  }

  private long output(PreparedRequest request, AttemptTrace trace) {
    if (trace.completionTokens() >= 0) {
      if (!trace.whole) {
        countedTokens += trace.completionTokens();
        countedEvents += trace.events();
      }
      return trace.completionTokens();
    }
    if (trace.whole && trace.events() > 0) {
      return mostOutput(request);
    }
    double each = countedEvents == 0 ? 1 : Math.max(1, (double) countedTokens / countedEvents);
    return (long) Math.ceil(trace.events() * each);
  }
}
