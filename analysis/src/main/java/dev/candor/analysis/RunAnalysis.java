package dev.candor.analysis;

import dev.candor.analysis.cost.CostNotes;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.saturation.SaturationAnalysis;
import dev.candor.analysis.server.ServerRecords;
import dev.candor.analysis.server.ServerSeconds;
import dev.candor.base.units.Durations;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.SweepStep;
import dev.candor.scenario.Api;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Threshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a run's records to its figures, in one pass over the attempts. */
public final class RunAnalysis {
  private static final int BARS = 40;
  private static final double TEMPLATE_WORTH_SAYING = 0.02;
  private static final long SECOND = 1_000_000_000;

  /** A step ends a moment before or behind its second. */
  private static final long SLACK = 1_000_000;

  private RunAnalysis() {}

  /** Computes everything, and writes windows.parquet. */
  public static Analysis analyze(RunReader reader, Scenario scenario, String version) {
    reader.requireTokens();
    RunFigures figures = new RunFigures(reader.info().phases(), scenario);
    reader.forEachAttempt(figures::add);
    return analyze(reader, figures, scenario, version);
  }

  /**
   * The same with {@code figures} that have all attempts already, and were made for the run's
   * phases as they were planned.
   */
  public static Analysis analyze(
      RunReader reader, RunFigures figures, Scenario scenario, String version) {
    RunInfo info = reader.info();
    List<PhaseRecord> measured = measured(info.phases());
    List<PhaseRecord> together = together(measured);
    PhaseFigures overall = figures.overall();
    List<HealthWindow> health = reader.health();
    ServerRecords server =
        new ServerRecords(measured, scenario.target().metrics().everyNanos(), info.gaps());
    reader.forEachServerSample(
        sample -> {
          server.add(sample);
          figures.add(sample);
        });
    ClientHealth judge = new ClientHealth(overall.sketch("itl").quantileMs(0.5));
    List<Analysis.Window> windows = figures.windows(info, health, judge);
    ServerSeconds serverSeconds = ServerSeconds.of(server, windows.size());
    reader.writeWindows(
        Stream.of(
                windows.stream().flatMap(WindowFigures::rows),
                MemoryRows.of(health, windows),
                serverSeconds.rows(windows.stream().map(Analysis.Window::phase).toList()))
            .flatMap(rows -> rows));
    List<Summary.Phase> phases = new ArrayList<>();
    for (PhaseRecord phase : measured) {
      phases.add(
          figures
              .of(phase)
              .summarize(
                  phase.name(),
                  List.of(phase),
                  seconds(info, phase),
                  scenario.workload().cache(),
                  server.hitRate(List.of(phase)),
                  judge.summarize(inside(health, List.of(phase)))));
    }
    double length = together.stream().mapToDouble(phase -> seconds(info, phase)).sum();
    Summary.Phase all =
        overall.summarize(
            "overall",
            together,
            length,
            scenario.workload().cache(),
            server.hitRate(together),
            judge.summarize(inside(health, together)));
    Sweep sweep = scenario.sweep();
    Saturation saturation =
        sweep == null
            ? null
            : SaturationAnalysis.of(sweep, measured, phases, windows, info.stoppedBy());
    Map<String, List<Analysis.Bin>> distributions = new LinkedHashMap<>();
    for (String key : List.of("ttft", "itl", "e2e", "ttft_intended")) {
      distributions.put(key, overall.sketch(key).bins(BARS));
    }
    distributions.put("cost", overall.costBins(BARS, length));
    Path production = scenario.production();
    RunFidelity fidelity =
        production == null || all.requests().completed() == 0
            ? null
            : RunFidelity.of(reader, production);
    Drift drift = figures.drift(info.gaps(), health);
    Map<Threshold.Scope, Summary.Phase> parts = new HashMap<>();
    parts.put(Threshold.Scope.RUN, all);
    phases.forEach(phase -> parts.put(new Threshold.Scope(phase.name(), null), phase));
    figures
        .ofClasses()
        .forEach(
            (scope, ofClass) -> {
              Summary.Phase whole = parts.get(new Threshold.Scope(scope.phase(), null));
              if (whole != null) {
                parts.put(scope, ofClass(ofClass, scope, whole, measured, together));
              }
            });
    Judgement judgement =
        Judgement.of(scenario, info, phases, all, parts, fidelity, saturation, drift);
    Summary summary =
        new Summary(
            version,
            info.scenario(),
            info.seed(),
            judgement.verdict(),
            judgement.reason(),
            info.stoppedBy(),
            judgement.thresholds(),
            phases,
            all,
            fidelity,
            saturation,
            drift,
            figures.earlyWarning(windows, reader.server()),
            ServerComparison.of(server, scenario.target(), measured, together, phases, all),
            notes(info, overall, all, scenario, fidelity));
    return new Analysis(info, summary, windows, distributions, serverSeconds, figures.detail());
  }

  /** The figures of one class in a part of the run, {@code whole}. */
  private static Summary.Phase ofClass(
      PhaseFigures figures,
      Threshold.Scope scope,
      Summary.Phase whole,
      List<PhaseRecord> measured,
      List<PhaseRecord> together) {
    List<PhaseRecord> phases =
        scope.phase() == null
            ? together
            : measured.stream().filter(phase -> phase.name().equals(scope.phase())).toList();
    return figures.summarize(whole.name(), phases, whole.durationS(), null, null, whole.client());
  }

  /** Ramps are left out unless there is nothing else. */
  public static List<PhaseRecord> measured(List<PhaseRecord> phases) {
    List<PhaseRecord> hot = phases.stream().filter(phase -> !phase.warmup()).toList();
    List<PhaseRecord> steady = hot.stream().filter(phase -> !phase.ramp()).toList();
    return steady.isEmpty() ? hot : steady;
  }

  /**
   * The phases whose figures stand for the run: of a sweep its hold or, where there is none, its
   * good steps; overload that was sought is no figure of the target's.
   */
  static List<PhaseRecord> together(List<PhaseRecord> measured) {
    for (SweepStep.Mark mark : List.of(SweepStep.Mark.HOLD, SweepStep.Mark.GOOD)) {
      List<PhaseRecord> marked =
          measured.stream()
              .filter(phase -> phase.sweep() != null && phase.sweep().mark() == mark)
              .toList();
      if (!marked.isEmpty()) {
        return marked;
      }
    }
    return measured;
  }

  /** How long the phase was measured: without the time in which the run's process was dead. */
  private static double seconds(RunInfo info, PhaseRecord phase) {
    return info.activeNanos(phase.measuredFromNanos(), phase.endNanos()) / 1e9;
  }

  /** The whole seconds inside the phases; where there is none, those that touch them. */
  static List<HealthWindow> inside(List<HealthWindow> health, List<PhaseRecord> phases) {
    List<HealthWindow> inside = within(health, phases, SECOND);
    return inside.isEmpty() ? within(health, phases, 1) : inside;
  }

  /** The seconds of which the phases have at least so much. */
  private static List<HealthWindow> within(
      List<HealthWindow> health, List<PhaseRecord> phases, long leastNanos) {
    return health.stream()
        .filter(
            window -> {
              long from = window.second() * SECOND;
              long covered = 0;
              for (PhaseRecord phase : phases) {
                long begin = Math.max(from, phase.startNanos());
                covered += Math.max(0, Math.min(from + SECOND, phase.endNanos()) - begin);
              }
              return covered + SLACK >= leastNanos && covered > 0;
            })
        .toList();
  }

  private static List<String> notes(
      RunInfo info,
      PhaseFigures overall,
      Summary.Phase all,
      Scenario scenario,
      @Nullable RunFidelity fidelity) {
    List<String> notes = new ArrayList<>(info.notes());
    if (info.stoppedBy() != null) {
      notes.add(
          "the run was stopped after %.0f s, before its time: %s"
              .formatted(info.durationNanos() / 1e9, info.stoppedBy()));
    }
    CostNotes.of(scenario).ifPresent(notes::add);
    if (scenario.production() == null) {
      notes.add(
          "how like production this traffic is was not tested: the scenario names no corpus of it (production: FILE)");
    } else if (fidelity != null && fidelity.problem() != null) {
      notes.add("how like production this traffic is is not known: " + fidelity.problem());
    }
    Summary.Requests requests = all.requests();
    if (requests.neverSent() > 0) {
      notes.add(
          "%d of %d requests were never sent: the cap on requests in flight held them back until their step was over; ttft_intended has only those that were sent, so the truth is worse"
              .formatted(requests.neverSent(), requests.intended()));
    }
    if (requests.abandoned() > 0) {
      notes.add(
          "%d of %d requests were given up by their users, as workload.abandon wants: latencies are those of the completed ones, without the waits that were too long for them"
              .formatted(requests.abandoned(), requests.intended()));
    }
    if (!all.tokens().source().equals("usage") && requests.completed() > 0) {
      notes.add(
          "output tokens were counted by %s, not by the server's usage alone"
              .formatted(all.tokens().source()));
    }
    Double template = overall.templateTokens();
    if (template != null && overall.askedShareOff() > TEMPLATE_WORTH_SAYING) {
      notes.add(
          "the server counted %.1f prompt tokens a request beyond ours (%s); a chat template adds some, another tokenizer more; workload.calibrate corrects it"
              .formatted(template, scenario.workload().tokenizer()));
    }
    if (measured(info.phases()).contains(info.phases().getFirst())) {
      notes.add(
          "there was no warm-up: the first requests' connections and cold caches are in the figures");
    }
    if (scenario.target().api() == Api.OPENAI_EMBEDDINGS && requests.completed() > 0) {
      notes.add(
          "embeddings have no output tokens: TTFT, ITL and all that follows from them do not exist, and SLO targets on them were not tested");
    } else if (!scenario.target().streams() && requests.completed() > 0) {
      notes.add(
          "answers were not streamed: TTFT, ITL and all that follows from them are unknown, and SLO targets on them were not tested");
    }
    if (overall.slowChatShare() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of chat answers had a mean ITL above %s, which a fast reader notices",
              overall.slowChatShare() * 100,
              Durations.format(Duration.ofNanos(Slo.CHAT_ITL_NOTE_NANOS))));
    }
    long cancelled = overall.outcomes().getOrDefault(Outcome.CANCELLED.key(), 0L);
    if (cancelled > 0) {
      notes.add("%d requests were cut off by the end of the run".formatted(cancelled));
    }
    return notes;
  }
}
