package dev.candor.corpus.imports;

import dev.candor.corpus.read.Format;
import dev.candor.corpus.read.Reason;
import java.util.List;

/**
 * What an import made.
 *
 * @param sources in the order in which they were read
 * @param mostTurns of a session
 * @param outputTokens of those rows whose output is known
 * @param withoutOutput rows whose output is unknown
 * @param withoutArrival rows whose arrival is unknown
 * @param spanNanos from the first arrival to the last
 * @param rowsWithTexts rows that have their messages or their answer
 * @param blockTokens of rows that have blocks, ascending
 * @param bytes that were read
 * @param skipped records that cannot be used, by reason
 * @param passedOver records that are no requests
 */
public record ImportSummary(
    List<Source> sources,
    long rows,
    long sessions,
    int mostTurns,
    long inputTokens,
    long outputTokens,
    long withoutOutput,
    long withoutArrival,
    long spanNanos,
    long rowsWithTexts,
    List<Integer> blockTokens,
    long bytes,
    List<Skip> skipped,
    long passedOver) {

  /** A source and what it was taken for. */
  public record Source(String name, Format format) {}

  /**
   * Records that were left out.
   *
   * @param places of the first few, as file:line
   */
  public record Skip(Reason reason, long count, List<String> places) {}

  /** Records that cannot be used, all together. */
  public long skippedCount() {
    return skipped.stream().mapToLong(Skip::count).sum();
  }
}
