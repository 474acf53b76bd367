package dev.candor.analysis.fidelity;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.fidelity.Fidelity;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.record.RunReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How like production a run's traffic was.
 *
 * @param production the corpus that it was compared with
 * @param fidelity null where it could not be compared
 * @param problem why not, null where it could
 */
public record RunFidelity(Path production, @Nullable Fidelity fidelity, @Nullable String problem) {

  /** A part that scores as much or more needs no change. */
  public static final double GOOD = 90;

  /**
   * Compares the run with {@code production}. Rates are left out: a load test has its own, often
   * above production's for a reason.
   */
  public static RunFidelity of(RunReader run, Path production) {
    try {
      return new RunFidelity(
          production,
          Fidelity.of(
              CorpusShape.of(Corpus.existing(production), 0),
              RunShape.of(run),
              Fidelity.Rates.IGNORED),
          null);
    } catch (CandorException e) {
      return new RunFidelity(production, null, String.valueOf(e.getMessage()));
    }
  }
}
