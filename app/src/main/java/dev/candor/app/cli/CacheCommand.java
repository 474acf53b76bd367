package dev.candor.app.cli;

import dev.candor.analysis.SummaryJson;
import dev.candor.analysis.Verdict;
import dev.candor.app.run.CacheStates;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.units.Shares;
import dev.candor.report.console.CacheTable;
import dev.candor.report.html.CachePage;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor cache}. */
@Command(
    name = "cache",
    description =
        "Runs a scenario on a cold cache, a warm one and a mixed one, and prints them side by side (docs/cache-states.md).")
final class CacheCommand implements Callable<Integer> {
  private static final int BLOCK_TOKENS = 16;

  /** Worst first. */
  private static final List<Verdict> BY_WEIGHT =
      List.of(Verdict.INTERRUPTED, Verdict.ERROR, Verdict.INVALID, Verdict.FAIL, Verdict.PASS);

  @Parameters(paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path file;

  @Mixin final RunFlags flags = new RunFlags();

  @Option(
      names = "--states",
      split = ",",
      paramLabel = "STATE",
      description = "Which, in which order: ${DEFAULT-VALUE}.")
  List<String> states = List.of("cold", "warm", "mixed");

  @Option(
      names = "--hit-rate",
      paramLabel = "SHARE",
      description =
          "Of the mixed state: share of prompt tokens, such as 60%%; else the scenario's, else 50%%.")
  @Nullable String hitRate;

  @Option(
      names = "--block",
      paramLabel = "TOKENS",
      description =
          "Of the mixed state: tokens in a block of the server's cache; else the scenario's, else 16.")
  @Nullable Integer block;

  @Option(names = "--json", description = "Print the summaries as a JSON object by state.")
  boolean json;

  @Option(names = "--quiet", description = "Print the table alone.")
  boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    Scenario scenario =
        ScenarioFile.read(Objects.requireNonNull(file), flags.overrides(null), System::getenv);
    List<CachePlan> plans = plans(scenario);
    Screen screen = json ? Screen.JSON : quiet ? Screen.QUIET : Screen.FULL;
    List<String> warnings = RunCommand.foreseen(scenario);
    warnings.forEach(warning -> System.err.println("candor: warning: " + warning));
    List<CacheStates.Run> runs = new ArrayList<>();
    try {
      new CacheStates(scenario, screen.live(System.out), warnings)
          .run(
              plans,
              flags.out == null ? null : Path.of(flags.out),
              plan -> {
                if (screen == Screen.FULL) {
                  System.out.printf(
                      "%s (%d of %d)%n", plan.state().key(), runs.size() + 1, plans.size());
                }
              },
              runs::add);
    } finally {
      // What was measured is shown, also where a later state could not be run.
      if (!runs.isEmpty()) {
        show(scenario, runs);
      }
    }
    return ExitCode.of(
        runs.stream()
            .map(run -> run.summary().verdict())
            .min(Comparator.comparingInt(BY_WEIGHT::indexOf))
            .orElseThrow());
  }

  private void show(Scenario scenario, List<CacheStates.Run> runs) {
    List<CacheTable.Column> columns =
        runs.stream()
            .map(run -> new CacheTable.Column(run.plan().state().key(), run.summary().overall()))
            .toList();
    Path page = page(scenario, runs.getFirst().directory());
    List<String> verdicts =
        runs.stream()
            .map(run -> run.plan().state().key() + ": " + run.summary().verdictReason())
            .toList();
    write(page, CachePage.of(scenario.name(), columns, verdicts));
    if (json) {
      System.out.println(
          runs.stream()
              .map(
                  run ->
                      "\"%s\": %s"
                          .formatted(run.plan().state().key(), SummaryJson.text(run.summary())))
              .collect(Collectors.joining(",\n", "{", "}")));
      return;
    }
    System.out.println();
    System.out.print(CacheTable.render(columns));
    System.out.println();
    for (CacheStates.Run run : runs) {
      System.out.printf("%-6s %s%n", run.plan().state().key(), run.summary().verdictReason());
      if (!quiet) {
        run.summary().notes().stream()
            .filter(note -> note.startsWith("cache:"))
            .forEach(note -> System.out.println("       " + note));
        System.out.println("       report: " + run.directory().resolve("report.html"));
      }
    }
    if (!quiet) {
      System.out.println("side by side: " + page);
    }
  }

  /** Beside the states' directories, which have one of their own where a place was asked for. */
  private Path page(Scenario scenario, Path run) {
    boolean ownPlace = flags.out != null || scenario.output().directory() != null;
    return run.resolveSibling(ownPlace ? "states.html" : run.getFileName() + "-states.html");
  }

  private static void write(Path page, String text) {
    try {
      Files.writeString(page, text);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(page, e.getMessage()), e);
    }
  }

  private List<CachePlan> plans(Scenario scenario) {
    CachePlan own = scenario.workload().cache();
    double tolerance = own == null ? CachePlan.TOLERANCE : own.tolerance();
    String reset = own == null ? null : own.resetPath();
    List<CachePlan> plans = new ArrayList<>();
    for (String state : states) {
      CachePlan.State wanted =
          switch (state) {
            case "cold" ->
                own != null && own.state() instanceof CachePlan.Cold cold
                    ? cold
                    : new CachePlan.Cold(false);
            case "warm" -> new CachePlan.Warm();
            case "mixed" -> mixed(own);
            default ->
                throw CandorException.user(
                    "--states: found '%s', must be cold, warm or mixed".formatted(state));
          };
      if (plans.stream().anyMatch(plan -> plan.state().key().equals(state))) {
        throw CandorException.user("--states: %s is there twice".formatted(state));
      }
      if (wanted instanceof CachePlan.Mixed && !scenario.workload().mayBeMixed()) {
        System.err.println(
            "candor: mixed is left out: it gives every prompt a shared beginning of its own making, and these have one, or a history, already");
      } else {
        plans.add(new CachePlan(wanted, tolerance, reset));
      }
    }
    if (plans.isEmpty()) {
      throw CandorException.user("--states: none of them can be had with this workload");
    }
    return plans;
  }

  private CachePlan.Mixed mixed(@Nullable CachePlan own) {
    CachePlan.Mixed otherwise =
        own != null && own.state() instanceof CachePlan.Mixed mixed
            ? mixed
            : new CachePlan.Mixed(0.5, BLOCK_TOKENS);
    double rate = otherwise.hitRate();
    if (hitRate != null) {
      try {
        rate = Shares.parsePart(hitRate);
      } catch (CandorException e) {
        throw CandorException.user("--hit-rate: " + e.getMessage());
      }
      if (rate >= 1) {
        throw CandorException.user(
            "--hit-rate: found %s, must be below 100%%: a prompt's last token is always computed"
                .formatted(hitRate));
      }
    }
    if (block != null && block < 1) {
      throw CandorException.user("--block: found %d, must be 1 or more".formatted(block));
    }
    return new CachePlan.Mixed(rate, block == null ? otherwise.blockTokens() : block);
  }
}
