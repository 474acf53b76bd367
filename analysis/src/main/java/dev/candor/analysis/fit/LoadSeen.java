package dev.candor.analysis.fit;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How far the fitted rows reach, for advice on what they cannot tell. */
record LoadSeen(double[] prompts, double[] contexts, double[] batches, double[] stepNanos) {

  static LoadSeen of(List<StepRow> rows) {
    return new LoadSeen(
        range(rows, row -> row.prefillTokens() > 0 ? row.prefillTokens() : Double.NaN),
        range(
            rows, row -> row.prefillTokens() == 0 ? row.contextTokens() / row.batch() : Double.NaN),
        range(rows, StepRow::batch),
        range(rows, row -> row.fromArrival() ? Double.NaN : row.nanos()));
  }

  /** The 2nd, 50th and 98th percentile. */
  private static double[] range(List<StepRow> rows, ToDoubleFunction<StepRow> of) {
    double[] sorted =
        rows.stream().mapToDouble(of).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return new double[] {0, 0, 0};
    }
    int last = sorted.length - 1;
    return new double[] {
      sorted[(int) (last * 0.02)], sorted[last / 2], sorted[(int) Math.ceil(last * 0.98)]
    };
  }

  /** Which load would tell {@code coefficient}. */
  String advice(Coefficient coefficient) {
    return switch (coefficient) {
      case FLOOR -> "add a step of few users whose requests decode alone";
      case BASE ->
          String.format(
              Locale.ROOT,
              "steps compute %s prefill tokens at once; add a step with prompts of %.0f tokens beside requests that decode",
              words(prompts),
              Math.max(1000, 10 * prompts[1]));
      case PER_PREFILL_TOKEN ->
          String.format(
              Locale.ROOT,
              "steps compute %s prefill tokens at once; add a step with inputs of %.0f tokens that are not in the prefix cache",
              words(prompts),
              Math.max(2000, 4 * prompts[2]));
      case PER_CONTEXT_TOKEN ->
          String.format(
              Locale.ROOT,
              "contexts are of %s tokens a request; add a step with inputs of %.0f tokens",
              words(contexts),
              Math.max(4000, 8 * contexts[1]));
      case PER_SEQUENCE ->
          String.format(
              Locale.ROOT,
              "%s requests share a step; add a step with %.0f users and short inputs",
              words(batches),
              Math.max(16, 4 * batches[2]));
      case PER_TOKEN_PAIR ->
          String.format(
              Locale.ROOT,
              "steps compute %s prefill tokens at once; add a step with inputs of %.0f tokens",
              words(prompts),
              Math.max(8000, 4 * prompts[2]));
      case JITTER -> "add a step of a minute in which requests decode together";
      case REQUEST_OVERHEAD ->
          "users who ask as soon as they are answered start at ends of steps; add an open step (rate) or think times, of requests that overlap";
    };
  }

  private static String words(double[] range) {
    return range[2] < 1.5 * range[0] || range[2] - range[0] < 2
        ? String.format(Locale.ROOT, "%.0f to %.0f", range[0], range[2])
        : String.format(Locale.ROOT, "%.0f to %.0f (median %.0f)", range[0], range[2], range[1]);
  }
}
