package dev.candor.app.cli;

import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedRun;
import dev.candor.analysis.compare.Comparing;
import dev.candor.app.run.Recovery;
import dev.candor.base.error.CandorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor compare}. */
@Command(
    name = "compare",
    description =
        "Says what changed from one run to another: per metric the change with its interval, and whether it is better, the same, worse or undecided (docs/compare.md). Exit code 1 where anything is worse.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "BASE NEW",
      description =
          "Directories of runs: the base, and one or more to hold against it. Several runs of the same, parted by commas, are taken together: A1,A2 B1,B2.")
  List<String> runs = List.of();

  @Option(
      names = "--base",
      paramLabel = "RUN",
      description = "A run of the base, in place of the first one named; may be repeated.")
  List<String> base = List.of();

  @Option(
      names = "--new",
      paramLabel = "RUN",
      description = "A run of what is held against it; may be repeated, all of the same.")
  List<String> fresh = List.of();

  @Mixin final CompareFlags flags = new CompareFlags();

  @Override
  public Integer call() {
    List<List<String>> sides = sides();
    if (sides.size() < 2) {
      throw CandorException.user(
          "compare: name a base and at least one run to hold against it: candor compare BASE NEW");
    }
    CompareOptions options = flags.options();
    List<List<ComparedRun>> read = sides.stream().map(CompareCommand::read).toList();
    return flags.show(Comparing.of(read.getFirst(), read.subList(1, read.size()), options));
  }

  private List<List<String>> sides() {
    List<List<String>> sides = new ArrayList<>();
    if (!base.isEmpty()) {
      sides.add(base.stream().flatMap(each -> parted(each).stream()).toList());
    }
    runs.forEach(each -> sides.add(parted(each)));
    if (!fresh.isEmpty()) {
      sides.add(fresh.stream().flatMap(each -> parted(each).stream()).toList());
    }
    return sides;
  }

  /** A directory whose name has a comma is one. */
  private static List<String> parted(String runs) {
    return Files.exists(Path.of(runs))
        ? List.of(runs)
        : Arrays.stream(runs.split(",", -1)).map(String::strip).toList();
  }

  private static List<ComparedRun> read(List<String> runs) {
    return runs.stream().map(run -> ComparedRun.read(Recovery.readable(Path.of(run)))).toList();
  }
}
