package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import dev.candor.scenario.yaml.SweepFlags;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor sweep}. */
@Command(
    name = "sweep",
    description =
        "Finds how much load a target takes: steps up until too much, narrows the bracket, repeats its ends, then holds 80 % of the knee (docs/saturation.md). --users and --rate are ranges here: 10..100, 1/s..50/s; --for is the longest that a step may take.")
final class SweepCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description =
          "A scenario file, whose sweep is carried out; its load is not. Without one: the embedded mock, with an engine of a small KV cache.")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Mixin final AskFlags ask = new AskFlags();

  @Mixin final PublishFlags publish = new PublishFlags();

  @Option(
      names = "--resolution",
      paramLabel = "SHARE",
      description = "How wide the bracket may be at last; 5%% unless said otherwise.")
  @Nullable String resolution;

  @Option(
      names = "--while",
      paramLabel = "EXPR",
      description =
          "What a level must meet to be good; 'goodput >= 99%%' unless said otherwise. May be repeated.")
  List<String> conditions = List.of();

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      description = "How long 80 %% of the knee is held afterwards; 0: not at all.")
  @Nullable String hold;

  @Mixin final ScreenFlags screens = new ScreenFlags();

  @Override
  public Integer call() throws InterruptedException {
    Overrides overrides =
        flags
            .overrides()
            .sweeping(new SweepFlags(flags.users, flags.rate, resolution, conditions, hold));
    Scenario resolved =
        scenario == null
            ? ScenarioFile.sweepFromFlags(overrides, System::getenv)
            : ScenarioFile.read(scenario, overrides, System::getenv);
    Screen screen = screens.screen();
    List<String> warnings = RunCommand.foreseen(resolved);
    warnings.forEach(warning -> System.err.println("candor: warning: " + warning));
    ask.confirm(resolved);
    LiveListener live = screen.live(System.out);
    Scenario whole = publish.published(flags.tagged(resolved));
    try (ScenarioRun run = new ScenarioRun(whole, live, warnings)) {
      Analysis analysis = run.execute();
      screen.show(analysis, run.directory(), System.out);
      flags.remember(run.directory());
      return ExitCode.of(analysis.summary().verdict());
    }
  }
}
