package dev.candor.app.plan;

import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a corpus of production tells a plan.
 *
 * @param hitRate of its prefix cache, null where the corpus does not know
 * @param daily requests by hour, counted from its first; none where it is shorter than a day
 */
record ProductionTraffic(@Nullable Double hitRate, List<Double> daily) {
  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000_000_000L;

  /**
   * Reads a corpus.
   *
   * @throws dev.candor.base.error.CandorException where there is none
   */
  static ProductionTraffic of(Path file) {
    long[] tokens = new long[2];
    long[] counts = new long[HOURS];
    long[] last = {CorpusRow.NONE};
    Corpus.existing(file)
        .forEachWithoutTexts(
            row -> {
              if (row.cachedTokens() != CorpusRow.NONE) {
                tokens[0] += row.inputTokens();
                tokens[1] += row.cachedTokens();
              }
              if (row.atNanos() != CorpusRow.NONE) {
                counts[(int) (row.atNanos() / HOUR % HOURS)]++;
                last[0] = Math.max(last[0], row.atNanos());
              }
            });
    List<Double> daily = new ArrayList<>();
    // Whole hours of a day: what a shorter corpus has none of is not known to be nothing.
    if (last[0] >= (HOURS - 1) * HOUR) {
      for (long count : counts) {
        daily.add((double) count);
      }
    }
    return new ProductionTraffic(
        tokens[0] == 0 ? null : Double.valueOf((double) tokens[1] / tokens[0]), daily);
  }
}
