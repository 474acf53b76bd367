package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mock, as a scenario, a file or {@code candor mock} sets it.
 *
 * @param times where the instants of an answer come from
 * @param answers what is in them
 * @param maxConcurrency requests served at once, the others queue in order; 0: no limit
 * @param quotas of a key and a model; the first that fits a request is its quota
 * @param faults all that strike
 * @param metrics whose names {@code /metrics} uses
 * @param truth file for the true instants, or null
 */
public record MockSettings(
    Times times,
    Answers answers,
    int maxConcurrency,
    List<Quota> quotas,
    List<FaultRule> faults,
    MetricNames metrics,
    @Nullable Path truth) {

  /** The default times, and nothing else set. */
  public static final MockSettings DEFAULT = of(Times.Drawn.DEFAULT);

  public MockSettings {
    quotas = List.copyOf(quotas);
    faults = List.copyOf(faults);
  }

  /** These times, in nanoseconds, and nothing else set. */
  public static MockSettings of(Distribution ttft, Distribution itl) {
    return of(new Times.Drawn(ttft, itl));
  }

  /** These times, and nothing else set. */
  public static MockSettings of(Times times) {
    return new MockSettings(
        times, Answers.DEFAULT, 0, List.of(), List.of(), MetricNames.VLLM, null);
  }

  /** Where the instants of an answer come from. */
  public sealed interface Times {

    /**
     * Distributions, in nanoseconds.
     *
     * @param ttftNanos from the complete request to the first token
     * @param itlNanos between tokens
     */
    record Drawn(Distribution ttftNanos, Distribution itlNanos) implements Times {
      /** TTFT lognormal with median 150 ms, ITL gamma with mean 15 ms. */
      public static final Drawn DEFAULT =
          new Drawn(new Distribution.LogNormal(150e6, 0.3), new Distribution.Gamma(15e6, 0.2));
    }

    /** An engine that shares its steps and its memory among all requests. */
    record Simulated(MockEngine engine) implements Times {}

    /** The TTFT, ITL and answer lengths that a run recorded in this directory. */
    record Recorded(Path run) implements Times {}
  }

  /**
   * What is in an answer.
   *
   * @param outputTokens its length; null: what the request's max_tokens allows
   * @param tokensPerChunk tokens in one stream event, at least 1
   * @param reasoningTokens tokens of reasoning ahead of the answer, asked for or not
   * @param toolCallShare of the answers that may call a tool and need not, those that do
   */
  public record Answers(
      @Nullable Distribution outputTokens,
      int tokensPerChunk,
      int reasoningTokens,
      double toolCallShare,
      AnswerText text) {
    public static final Answers DEFAULT = new Answers(null, 1, 0, 1, AnswerText.WORDS);
  }

  /** Where the words of an answer come from. */
  public enum AnswerText {
    /** Common words, drawn from the seed. */
    WORDS,
    /** The last message, over and over. */
    ECHO
  }

  /** Whose metric names are used. */
  public enum MetricNames {
    VLLM,
    SGLANG
  }

  public MockSettings withTimes(Times other) {
    return new MockSettings(other, answers, maxConcurrency, quotas, faults, metrics, truth);
  }

  public MockSettings withAnswers(Answers other) {
    return new MockSettings(times, other, maxConcurrency, quotas, faults, metrics, truth);
  }

  public MockSettings withOutputTokens(@Nullable Distribution lengths) {
    return withAnswers(
        new Answers(
            lengths,
            answers.tokensPerChunk(),
            answers.reasoningTokens(),
            answers.toolCallShare(),
            answers.text()));
  }

  public MockSettings withTokensPerChunk(int tokens) {
    return withAnswers(
        new Answers(
            answers.outputTokens(),
            tokens,
            answers.reasoningTokens(),
            answers.toolCallShare(),
            answers.text()));
  }

  public MockSettings withReasoningTokens(int tokens) {
    return withAnswers(
        new Answers(
            answers.outputTokens(),
            answers.tokensPerChunk(),
            tokens,
            answers.toolCallShare(),
            answers.text()));
  }

  public MockSettings withText(AnswerText text) {
    return withAnswers(
        new Answers(
            answers.outputTokens(),
            answers.tokensPerChunk(),
            answers.reasoningTokens(),
            answers.toolCallShare(),
            text));
  }

  public MockSettings withMaxConcurrency(int requests) {
    return new MockSettings(times, answers, requests, quotas, faults, metrics, truth);
  }

  public MockSettings withQuotas(List<Quota> other) {
    return new MockSettings(times, answers, maxConcurrency, other, faults, metrics, truth);
  }

  public MockSettings withFaults(List<FaultRule> other) {
    return new MockSettings(times, answers, maxConcurrency, quotas, other, metrics, truth);
  }

  /** One more fault, in every answer or all the time. */
  public MockSettings withFault(MockFault fault) {
    return withFaults(List.of(FaultRule.always(fault)));
  }

  public MockSettings withMetrics(MetricNames other) {
    return new MockSettings(times, answers, maxConcurrency, quotas, faults, other, truth);
  }

  public MockSettings withTruth(@Nullable Path file) {
    return new MockSettings(times, answers, maxConcurrency, quotas, faults, metrics, file);
  }
}
