package dev.candor.app.cli;

import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.fidelity.Fidelity;
import dev.candor.corpus.fidelity.FidelityJson;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.report.console.FidelityTable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor corpus compare}. */
@Command(
    name = "compare",
    description =
        "Says how like production other traffic is, part by part, and what to change (docs/fidelity.md).")
final class CorpusCompareCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(index = "0", paramLabel = "PRODUCTION", description = "The corpus of production.")
  @Nullable Path production;

  @Parameters(
      index = "1",
      paramLabel = "OTHER",
      description = "A corpus, a run's directory, or a scenario file (.yaml).")
  @Nullable Path other;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Option(
      names = "--ignore-rate",
      description = "Do not mind that one has more requests a second than the other.")
  boolean ignoreRate;

  @Option(
      names = "--min-score",
      paramLabel = "N",
      description = "Exit with 1 where the score is below N.")
  @Nullable Double minScore;

  @Option(
      names = "--token-time",
      paramLabel = "TIME",
      description =
          "Count as in flight what was asked for no longer ago than so much for every token of its answer, where a corpus does not say when it ended.")
  @Nullable String tokenTime;

  @Override
  public Integer call() {
    if (minScore != null && !(minScore >= 0 && minScore <= 100)) {
      throw CandorException.user(
          "--min-score: found %s, must be from 0 to 100".formatted(minScore));
    }
    Path ours = Objects.requireNonNull(production);
    Path theirs = Objects.requireNonNull(other);
    long nanosPerToken = TokenTime.nanos("--token-time", tokenTime);
    TrafficShape shape = CorpusShape.of(Corpus.existing(ours), nanosPerToken);
    TrafficShape otherShape = ComparedTraffic.at(theirs).shape(theirs, nanosPerToken);
    Fidelity fidelity =
        Fidelity.of(
            shape, otherShape, ignoreRate ? Fidelity.Rates.IGNORED : Fidelity.Rates.COMPARED);
    System.out.print(
        json
            ? JSON.writeValueAsString(FidelityJson.members(fidelity, RunFidelity.GOOD)) + "\n"
            : FidelityTable.of(fidelity, ours.toString(), theirs.toString(), RunFidelity.GOOD));
    return minScore != null && fidelity.score() < minScore
        ? ExitCode.THRESHOLD_FAILED
        : ExitCode.OK;
  }
}
