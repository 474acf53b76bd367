package dev.candor.app.cli;

import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitCheck;
import dev.candor.analysis.fit.FitJson;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.analysis.fit.FittedYaml;
import dev.candor.analysis.fit.MeasuredRun;
import dev.candor.app.run.Recovery;
import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.LatencyProfile;
import dev.candor.engine.Profiles;
import dev.candor.record.RunReader;
import dev.candor.report.console.FitTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor fit}. */
@Command(
    name = "fit",
    description =
        "Finds the engine that would have given measured runs, as a profile for candor mock"
            + " (docs/fit.md).")
final class FitCommand implements Callable<Integer> {
  private static final int MOST_REPLICAS = 64;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Directories of runs of one engine.")
  List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the profile to FILE, which ends in .yaml.")
  @Nullable Path out;

  @Option(
      names = "--base",
      paramLabel = "PROFILE",
      description =
          "Take what the runs cannot show from this profile: a built-in one or a file of your own.")
  @Nullable String base;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "How many engines are behind the address, asked in turn (default: 1).")
  int replicas = 1;

  @Option(
      names = "--check",
      description =
          "Leave out one load step at a time, predict it by a fit to all others, and print the errors.")
  boolean check;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    if (replicas < 1 || replicas > MOST_REPLICAS) {
      throw CandorException.user(
          "--replicas: found %d, must be from 1 to %d".formatted(replicas, MOST_REPLICAS));
    }
    String name = name();
    FitOptions options = new FitOptions(name, base(), replicas);
    EngineFit fit = EngineFit.of(runs.stream().map(FitCommand::read).toList(), options);
    if (check) {
      FitCheck result = FitCheck.leavingOut(fit, options);
      System.out.print(json ? FitJson.of(result) + "\n" : FitTable.of(result));
      return ExitCode.OK;
    }
    Fitted fitted = fit.fit();
    if (out != null) {
      write(out, FittedYaml.of(fitted));
    }
    System.out.print(json ? FitJson.of(fitted) + "\n" : FitTable.of(fitted));
    if (!json && out != null) {
      System.out.printf("profile: %s (candor mock --profile %s)%n", out, out);
    }
    return ExitCode.OK;
  }

  /** The file's, as that is the one by which it will be read. */
  private String name() {
    if (out == null) {
      return "fitted";
    }
    if (check) {
      throw CandorException.user("--out: --check writes no profile; leave one of them out");
    }
    String file = String.valueOf(out.getFileName());
    if (!file.matches(".+\\.ya?ml")) {
      throw CandorException.user(
          "--out: found '%s', must end in .yaml, as a profile's file".formatted(out));
    }
    return file.replaceFirst("\\.ya?ml$", "");
  }

  private @Nullable EngineProfile base() {
    if (base == null) {
      return null;
    }
    return switch (Profiles.named(base)) {
      case EngineProfile engine -> engine;
      case LatencyProfile latency ->
          throw CandorException.user(
              "--base: the profile '%s' has latencies and no engine; name one that has (candor mock --help lists them)"
                  .formatted(latency.name()));
    };
  }

  private static MeasuredRun read(Path run) {
    try (RunReader reader = RunReader.open(Recovery.readable(run).path())) {
      return MeasuredRun.of(run.toString(), reader);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CandorException.user(
          "--out: cannot write %s (%s); name a file in a directory that you may write to"
              .formatted(file, e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }
}
