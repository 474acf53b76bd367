package dev.candor.app.doctor;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.app.doctor.DoctorStep.Result;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunReader;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures this machine's own error: runs of rising size against a mock in another process, whose
 * truth is known.
 */
public final class Doctor {
  private static final int TTFT_MILLIS = 200;
  private static final int MOST_ANSWERS = 100_000;

  private final DoctorPlan plan;

  public Doctor(DoctorPlan plan) {
    this.plan = plan;
  }

  /**
   * Tries the levels in their order.
   *
   * @param onStep hears of each when it is over
   * @throws CandorException where the mock or a run could not be carried out
   */
  public List<DoctorStep> examine(Consumer<DoctorStep> onStep) throws InterruptedException {
    List<DoctorStep> steps = new ArrayList<>();
    Path work = temporary();
    try (MockProcess mock =
        MockProcess.start(
            List.of(
                "--ttft",
                TTFT_MILLIS + "ms",
                "--itl",
                String.format(Locale.ROOT, "%.3fms", 1000.0 / plan.tokensPerSecond())))) {
      // A JVM that has just started compiles while it measures: the first level comes twice.
      var _ = level(mock, work, "warm", plan.streams().getFirst());
      for (int streams : plan.streams()) {
        DoctorStep step = level(mock, work, "step", streams);
        steps.add(step);
        onStep.accept(step);
        if (step.result() != Result.HOLDS && !plan.all()) {
          break;
        }
      }
    } finally {
      delete(work);
    }
    return steps;
  }

  /** The highest level up to which all held. */
  public static Optional<DoctorStep> highest(List<DoctorStep> steps) {
    return steps.stream()
        .takeWhile(step -> step.result() == Result.HOLDS)
        .max(Comparator.comparingInt(DoctorStep::streams));
  }

  private DoctorStep level(MockProcess mock, Path work, String label, int streams)
      throws InterruptedException {
    mock.forget();
    Path place = work.resolve(label + "-" + streams);
    Path file = work.resolve(label + "-" + streams + ".yaml");
    try {
      Files.writeString(file, scenario(mock, streams, place));
    } catch (IOException e) {
      throw unwritable(work, e);
    }
    Analysis analysis =
        new ScenarioRun(
                ScenarioFile.read(file, Overrides.NONE, variable -> null), LiveListener.SILENT)
            .execute();
    if (analysis.summary().verdict() == Verdict.INTERRUPTED) {
      throw new InterruptedException("doctor: interrupted at %d streams".formatted(streams));
    }
    MockTruth truth = MockTruth.read(mock.truth(MOST_ANSWERS));
    ClientError error = new ClientError(truth.answers());
    long lost;
    try (RunReader reader = RunReader.open(place)) {
      lost = reader.info().lost();
      int measured = measured(reader.info().phases());
      reader.forEachAttempt(
          attempt -> {
            if (attempt.phase() == measured) {
              error.add(attempt);
            }
          });
    }
    if (error.compared() == 0) {
      throw new CandorException(
          ErrorCode.TARGET,
          "doctor: not one answer of %d streams could be compared with the truth (%s)"
              .formatted(streams, analysis.summary().verdictReason()));
    }
    return judge(streams, analysis.summary(), error, truth, lost);
  }

  private static int measured(List<PhaseRecord> phases) {
    return phases.getLast().index();
  }

  private DoctorStep judge(
      int streams, Summary summary, ClientError error, MockTruth truth, long lost) {
    Summary.Client client = summary.overall().client();
    LevelJudgement judgement =
        LevelJudgement.of(
            summary.overall().requests().failed(),
            lost,
            error,
            truth.warning() != null,
            plan.withinMs());
    return new DoctorStep(
        streams,
        summary.overall().rates().outputTps(),
        error.compared(),
        error.ttft(),
        error.itl(),
        client.sendLatenessP99(),
        client.cpu(),
        client.limitedWindows(),
        client.windows(),
        truth.latenessP99Nanos() / 1e6,
        judgement.result(),
        judgement.why());
  }

  private String scenario(MockProcess mock, int streams, Path place) {
    int rate = plan.tokensPerSecond();
    return String.format(
        Locale.ROOT,
        """
        name: doctor-%d
        target: {url: "%s", model: mock-model, loops: %d, timeouts: {connect: 30s}}
        workload:
          salt: false
          mix: [{name: stream, share: 1, input: 32, output: 'uniform(%d, %d)'}]
        load:
          - {name: rise, users: %d, ramp_from: 1, for: %.3fs, warmup: true}
          - {name: hold, users: %d, for: %.3fs}
        drain: 10s
        output: {dir: "%s"}
        """,
        streams,
        mock.url(),
        Math.min(plan.loops(), streams),
        Math.max(2, rate / 2),
        Math.max(3, rate * 2),
        streams,
        DoctorPlan.RISE_SECONDS,
        streams,
        plan.seconds(),
        place);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("candor-doctor");
    } catch (IOException e) {
      throw unwritable(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static CandorException unwritable(Path place, IOException e) {
    return new CandorException(
        ErrorCode.TARGET, "doctor: cannot write to %s: %s".formatted(place, e.getMessage()), e);
  }

  private static void delete(Path work) {
    try (Stream<Path> all = Files.walk(work)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // What is left lies in the temporary directory.
    }
  }
}
