package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.fidelity.Fidelity;
import dev.candor.corpus.sample.Sample;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.report.console.FidelityTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor corpus sample}. */
@Command(
    name = "sample",
    description =
        "Writes a part of a corpus that keeps its lengths, turns and shared prefixes, and says how well (docs/fidelity.md).")
final class CorpusSampleCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CORPUS", description = "The corpus.")
  @Nullable Path file;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The sample.")
  @Nullable Path out;

  @Option(names = "--requests", paramLabel = "N", description = "Keep about so many requests.")
  @Nullable Long requests;

  @Option(names = "--sessions", paramLabel = "N", description = "Keep about so many sessions.")
  @Nullable Long sessions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another sample of the same kind. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Override
  public Integer call() {
    Corpus corpus = Corpus.existing(Objects.requireNonNull(file));
    Path sampleFile = Objects.requireNonNull(out);
    Sample sample = sample(corpus, sampleFile);
    double part = (double) sample.requests() / sample.allRequests();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d of %,d requests in %,d of %,d sessions (%.2f %%)%n",
        sampleFile,
        sample.requests(),
        sample.allRequests(),
        sample.sessions(),
        sample.allSessions(),
        100 * part);
    System.out.printf(
        Locale.ROOT,
        "Times are kept, so that 1 / %.1f as many requests come a second; rates are not compared below.%n%n",
        1 / part);
    Fidelity kept =
        Fidelity.of(
            CorpusShape.of(corpus, 0),
            CorpusShape.of(Corpus.existing(sampleFile), 0),
            Fidelity.Rates.IGNORED);
    System.out.print(FidelityTable.distances(kept, name(corpus.file()), name(sampleFile)));
    return ExitCode.OK;
  }

  private Sample sample(Corpus corpus, Path sampleFile) {
    if ((requests == null) == (sessions == null)) {
      throw CandorException.user("one of --requests and --sessions says how much to keep");
    }
    Sample.Of of = requests == null ? Sample.Of.SESSIONS : Sample.Of.REQUESTS;
    long count = Objects.requireNonNull(requests == null ? sessions : requests);
    if (count < 1) {
      throw CandorException.user(
          "--%s: found %d, must be at least 1"
              .formatted(of.name().toLowerCase(Locale.ROOT), count));
    }
    return Sample.write(corpus, sampleFile, of, count, new Seed(seed));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
