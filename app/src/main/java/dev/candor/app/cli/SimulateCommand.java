package dev.candor.app.cli;

import dev.candor.analysis.against.RunSide;
import dev.candor.app.run.Recovery;
import dev.candor.app.run.SeedRuns;
import dev.candor.app.simulate.SeedSpread;
import dev.candor.app.simulate.SimulatedScenario;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.time.Clock;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor simulate}. */
@Command(
    name = "simulate",
    description =
        "Runs a scenario in virtual time against the engine simulator: the same driver, workload,"
            + " recording and report as 'candor run', and no traffic (docs/simulation.md).")
final class SimulateCommand implements Callable<Integer> {
  private static final String SEED = "seed-";

  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = "The engine to simulate, in place of the scenario's target.")
  @Nullable String profile;

  @Option(names = "--replicas", paramLabel = "N", description = "Engines behind the address.")
  @Nullable Integer replicas;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Simulate it with N seeds, from the scenario's on, side by side; prints how much the figures are spread, and leaves spread.json beside the runs' directories.")
  @Nullable Integer seeds;

  @Option(
      names = "--records",
      paramLabel = "KIND",
      description = "What is kept of each attempt: tokens, figures or auto.")
  @Nullable String records;

  @Option(
      names = "--against",
      paramLabel = "RUN",
      description =
          "A measured run's directory: prints its figures beside those predicted, with their errors, and leaves against.json in the simulated run's directory. Without SCENARIO its own is simulated.")
  @Nullable Path against;

  @Option(
      names = "--json",
      description =
          "Print summary.json on standard output, nothing else; with --against, against.json.")
  boolean json;

  @Option(names = "--quiet", description = "Print the verdict alone.")
  boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    if (replicas != null) {
      replicas = MockCommand.atLeast("--replicas", replicas, 1);
    }
    if (against != null && seeds != null) {
      throw CandorException.user("--against: compares one simulation; leave --seeds out");
    }
    return seeds == null ? once() : withSeeds(MockCommand.atLeast("--seeds", seeds, 1));
  }

  private int once() throws InterruptedException {
    Clock clock = Clock.system();
    long begin = clock.nanoTime();
    Scenario resolved = resolved(flags.overrides());
    Screen screen = json ? Screen.JSON : quiet ? Screen.QUIET : Screen.FULL;
    // Read first: a run that cannot be compared is told of before anything is simulated.
    RunSide measured = against == null ? null : RunSide.read(Recovery.readable(against));
    SeedRuns.Simulated simulated = SeedRuns.one(resolved, screen.live(System.out), List.of());
    if (measured == null) {
      screen.show(simulated.analysis(), simulated.run().directory(), System.out);
    } else {
      Comparison.show(measured, simulated, resolved.slos().values(), screen);
    }
    flags.remember(simulated.run().directory());
    if (screen == Screen.FULL) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "simulated %.1f s in %.1f s",
              simulated.analysis().run().durationNanos() / 1e9,
              (clock.nanoTime() - begin) / 1e9));
    }
    return ExitCode.of(simulated.analysis().summary().verdict());
  }

  private int withSeeds(int count) throws InterruptedException {
    Scenario first = resolved(flags.overrides());
    Path asked = first.output().directory();
    Path place = asked == null ? Path.of("runs", first.name() + "-seeds") : asked;
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path directory = place.resolve(SEED + (first.seed() + i));
      if (Files.exists(directory)) {
        throw CandorException.user(
            "--out: %s is there already; name a directory without it".formatted(directory));
      }
      flags.seed = Long.toString(first.seed() + i);
      scenarios.add(resolved(flags.overrides(directory.toString())));
    }
    List<SeedRuns.Simulated> all = SeedRuns.all(scenarios);
    all.forEach(each -> flags.remember(each.run().directory()));
    SeedSpread spread =
        new SeedSpread(all.stream().map(each -> each.analysis().summary()).toList());
    Path file = place.resolve("spread.json");
    spread.write(file);
    if (json) {
      System.out.print(spread.json());
    } else if (!quiet) {
      System.out.print(spread.table());
      System.out.println("spread: " + file);
    }
    int worst = ExitCode.OK;
    for (SeedRuns.Simulated each : all) {
      worst = Math.max(worst, ExitCode.of(each.analysis().summary().verdict()));
    }
    if (quiet) {
      System.out.println(
          "%d of %d seeds passed"
              .formatted(
                  all.stream()
                      .filter(
                          each -> ExitCode.of(each.analysis().summary().verdict()) == ExitCode.OK)
                      .count(),
                  count));
    }
    return worst;
  }

  private Scenario resolved(Overrides overrides) {
    Scenario read = flags.tagged(read(overrides));
    return SimulatedScenario.of(read, profile, replicas, kept());
  }

  private Scenario read(Overrides overrides) {
    if (scenario != null) {
      return ScenarioFile.read(scenario, overrides, System::getenv);
    }
    if (against != null) {
      // Recorded without its secrets, which nobody asks for here.
      return ScenarioFile.read(
          Recovery.readable(against).scenarioYaml(), overrides, variable -> "");
    }
    return ScenarioFile.fromFlags(overrides, System::getenv);
  }

  private Simulation.@Nullable Records kept() {
    if (records == null) {
      return null;
    }
    List<String> known =
        Arrays.stream(Simulation.Records.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    if (!known.contains(records)) {
      throw CandorException.user(
          "--records: found %s; %s".formatted(records, Suggestion.of(records, known)));
    }
    return Simulation.Records.valueOf(records.toUpperCase(Locale.ROOT));
  }
}
