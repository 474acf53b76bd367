package dev.candor.app.cli;

import dev.candor.app.estimate.Assumptions;
import dev.candor.app.estimate.Estimate;
import dev.candor.app.estimate.EstimateText;
import dev.candor.app.estimate.Estimator;
import dev.candor.app.estimate.KnownSpeeds;
import dev.candor.app.estimate.SimulatedEstimate;
import dev.candor.app.estimate.Speed;
import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor estimate}. */
@Command(
    name = "estimate",
    description =
        "Tells what a run will take, before its first request: requests, tokens, time, cost and quota, each from low to high"
            + " (docs/estimate.md). Nothing is sent.")
final class EstimateCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Speeds and answer lengths of this run's directory, in place of assumed ones.")
  @Nullable Path from;

  @Option(
      names = "--ttft",
      paramLabel = "LOW..HIGH",
      description = "Of a fast and a slow answer: 300ms..2s.")
  @Nullable String ttft;

  @Option(
      names = "--itl",
      paramLabel = "LOW..HIGH",
      description = "Between tokens, of a fast and a slow answer: 10ms..50ms.")
  @Nullable String itl;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Assumptions assumptions = assumptions();
    Path scratch = scratch();
    try {
      Path directory = scratch.resolve("simulated");
      Scenario resolved =
          scenario == null
              ? ScenarioFile.fromFlags(flags.overrides(directory.toString()), System::getenv)
              : ScenarioFile.read(scenario, flags.overrides(directory.toString()), System::getenv);
      boolean unasked = from == null && ttft == null && itl == null;
      Estimate estimate =
          Estimator.of(resolved, unasked ? Assumptions.of(resolved, assumptions) : assumptions);
      if (unasked) {
        Estimate simulated = SimulatedEstimate.of(resolved, estimate);
        estimate = simulated == null ? estimate : simulated;
      }
      if (json) {
        System.out.println(EstimateText.json(estimate, Version.text()));
      } else {
        System.out.print(EstimateText.of(estimate));
      }
      return ExitCode.OK;
    } finally {
      delete(scratch);
    }
  }

  private Assumptions assumptions() {
    Assumptions known = from == null ? Assumptions.NOTHING_KNOWN : KnownSpeeds.of(from);
    if (ttft == null && itl == null) {
      return known;
    }
    double[] first =
        ttft == null
            ? new double[] {known.fast().ttftNanos(), known.slow().ttftNanos()}
            : span("--ttft", ttft);
    double[] gap =
        itl == null
            ? new double[] {known.fast().tokenNanos(), known.slow().tokenNanos()}
            : span("--itl", itl);
    return known.withSpeeds(
        new Speed(first[0], gap[0]),
        new Speed(Math.sqrt(first[0] * first[1]), Math.sqrt(gap[0] * gap[1])),
        new Speed(first[1], gap[1]));
  }

  private static double[] span(String flag, String text) {
    String[] ends = text.split("\\.\\.", -1);
    try {
      double low = Durations.parseNanos(ends[0]);
      double high = ends.length == 1 ? low : Durations.parseNanos(ends[1]);
      if (ends.length <= 2 && low <= high && high > 0) {
        return new double[] {low, high};
      }
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
    throw CandorException.user(
        "%s: found '%s', must be one time or two that rise, such as 300ms..2s"
            .formatted(flag, text));
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("candor-estimate-");
    } catch (IOException e) {
      throw CandorException.user("no temporary directory can be made: " + e.getMessage());
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepest = files.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepest) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // The system clears it away in time.
    }
  }
}
