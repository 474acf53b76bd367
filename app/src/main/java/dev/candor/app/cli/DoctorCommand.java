package dev.candor.app.cli;

import dev.candor.app.doctor.Doctor;
import dev.candor.app.doctor.DoctorJson;
import dev.candor.app.doctor.DoctorPlan;
import dev.candor.app.doctor.DoctorStep;
import dev.candor.app.doctor.DoctorText;
import dev.candor.app.doctor.Finding;
import dev.candor.app.doctor.LimitFile;
import dev.candor.app.doctor.MachineCheck;
import dev.candor.app.doctor.MachineFacts;
import dev.candor.app.doctor.TrustedLimit;
import dev.candor.base.error.CandorException;
import dev.candor.base.time.Clock;
import dev.candor.base.units.Durations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code candor doctor}. */
@Command(
    name = "doctor",
    description =
        "Measures this machine's own error against a mock of known truth, and says up to which"
            + " load its figures can be trusted.")
final class DoctorCommand implements Callable<Integer> {
  private static final int MOST_STREAMS = 50_000;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "N",
      description = "Levels to try, rising. Default: ${DEFAULT-VALUE}.")
  List<Integer> streams = List.of(100, 300, 1000, 2000, 3000, 4000, 6000);

  @Option(
      names = "--tokens-per-second",
      paramLabel = "N",
      description = "Of every stream. Default: ${DEFAULT-VALUE}.")
  int tokensPerSecond = 50;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long to hold each level. Default: ${DEFAULT-VALUE}.")
  String duration = "5s";

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "Largest error of TTFT and ITL at p99. Default: ${DEFAULT-VALUE}.")
  String within = "5ms";

  @Option(
      names = "--loops",
      paramLabel = "N",
      description = "The client's event loops; 0: half of the cores, the mock has the rest.")
  int loops;

  @Option(names = "--all", description = "Go on past the first level that fails.")
  boolean all;

  @Option(names = "--save", description = "Keep the limit: runs that go past it say so first.")
  boolean save;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    DoctorPlan plan = plan();
    MachineFacts facts = MachineFacts.here();
    List<Finding> settings = MachineCheck.of(facts, Clock.system());
    if (!json) {
      System.out.print(DoctorText.settings(settings));
      System.out.printf(
          Locale.ROOT,
          "%nLevels of %d tokens/s a stream, %s each, at most %.0f s in all:%n%n%s%n",
          plan.tokensPerSecond(),
          duration,
          plan.atMostSeconds(),
          DoctorText.HEAD);
    }
    List<DoctorStep> steps =
        new Doctor(plan)
            .examine(
                step -> {
                  if (!json) {
                    System.out.println(DoctorText.row(step));
                  }
                });
    if (json) {
      System.out.println(DoctorJson.text(Version.text(), plan, settings, steps));
    } else {
      System.out.println();
      System.out.println(DoctorText.conclusion(plan, steps));
    }
    if (save) {
      String kept = keep(plan, steps, facts);
      if (!json) {
        System.out.println(kept);
      }
    }
    return ExitCode.OK;
  }

  private static String keep(DoctorPlan plan, List<DoctorStep> steps, MachineFacts facts) {
    Optional<DoctorStep> best = Doctor.highest(steps);
    if (best.isEmpty()) {
      return "Nothing was kept: no level held.";
    }
    LimitFile file = LimitFile.of(System::getenv);
    file.save(TrustedLimit.of(plan, best.get(), facts, Clock.system().wallTime()));
    return "Kept in %s: a run that goes past it says so before it starts.".formatted(file.path());
  }

  private DoctorPlan plan() {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i) < 1
          || streams.get(i) > MOST_STREAMS
          || (i > 0 && streams.get(i) <= streams.get(i - 1))) {
        throw CandorException.user(
            "--streams: found %s, must rise from at least 1 to at most %d"
                .formatted(streams, MOST_STREAMS));
      }
    }
    if (tokensPerSecond < 1 || tokensPerSecond > 1000) {
      throw CandorException.user(
          "--tokens-per-second: found %d, must be from 1 to 1000".formatted(tokensPerSecond));
    }
    double seconds = nanos("--for", duration) / 1e9;
    if (seconds < 1 || seconds > 60) {
      throw CandorException.user("--for: found %s, must be from 1s to 60s".formatted(duration));
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new DoctorPlan(
        streams,
        tokensPerSecond,
        seconds,
        nanos("--within", within) / 1e6,
        loops > 0 ? loops : Math.max(1, cores / 2),
        all);
  }

  private static double nanos(String flag, String text) {
    try {
      double nanos = Durations.parseNanos(text);
      if (nanos > 0) {
        return nanos;
      }
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
    throw CandorException.user("%s: found %s, must be above 0".formatted(flag, text));
  }
}
