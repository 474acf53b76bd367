package dev.candor.record.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in the catalogue.
 *
 * @param id from 1, in the order in which runs were added; never given twice
 * @param directory absolute
 * @param scenario its name
 * @param scenarioHash of the resolved scenario without its seed and its output: the same for runs
 *     of the same
 * @param version of Candor
 * @param verdict as in summary.json
 * @param commit that the environment named as the run was added
 */
public record CataloguedRun(
    long id,
    String directory,
    String scenario,
    String scenarioHash,
    List<String> tags,
    String version,
    Instant start,
    String verdict,
    @Nullable String commit) {

  public CataloguedRun {
    tags = List.copyOf(tags);
  }

  /** The same under another number. */
  CataloguedRun numbered(long number) {
    return new CataloguedRun(
        number, directory, scenario, scenarioHash, tags, version, start, verdict, commit);
  }

  /** A figure of it: {@code phase} is {@code overall} over all. */
  public record Figure(String phase, String metric, double value) {}
}
