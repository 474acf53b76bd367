package dev.candor.app.run;

import dev.candor.analysis.fit.MeasuredRun;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunWriter;
import dev.candor.record.ServerSample;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Timeouts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Runs against an engine whose coefficients a fit must find, in virtual time. */
final class FitSimulation {
  static final long US = 1_000;
  static final long MS = 1_000 * US;
  static final long SECOND = 1_000 * MS;

  private FitSimulation() {}

  /** An engine of plausible coefficients: a GPU from slow to fast, a model from small to large. */
  static EngineSettings hidden(long seed) {
    RandomGenerator random = new Seed(seed).derive("hidden").stream();
    double base = between(random, 4, 18) * MS;
    double floor = random.nextBoolean() ? base * between(random, 1.05, 1.25) : 0;
    int[] budgets = {512, 1024, 2048, 8192};
    return new EngineSettings(
        new StepTime(
            floor,
            base,
            between(random, 15, 90) * US,
            between(random, 30, 120),
            between(random, 15, 80) * US,
            between(random, 2, 6),
            between(random, 0.01, 0.05),
            Math.round(between(random, 2, 20) * MS),
            Math.round(between(random, 0, 2) * MS)),
        new SchedulerLimits(
            16 + random.nextInt(32), budgets[random.nextInt(4)], 32_768, true, 0, 0),
        new KvCacheSettings(16, 20_000, false));
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** About how many requests a second it can take, of these lengths. */
  static double capacity(EngineSettings engine, double input, double output) {
    StepTime time = engine.stepTime();
    int batch = engine.limits().maxNumSeqs();
    double step =
        Math.max(time.floorNanos(), time.baseNanos())
            + batch * time.perSequenceNanos()
            + batch * (input + output / 2) * time.perContextTokenNanos();
    double request =
        output / batch * step
            + input * time.perPrefillTokenNanos()
            + input * input / 2 * time.perTokenPairNanos();
    return 1e9 / request;
  }

  /** From idle to far past the knee. */
  static List<LoadStep> fromIdleToOverload(EngineSettings engine, double capacity, long nanos) {
    int most = engine.limits().maxNumSeqs();
    return List.of(
        open("quiet", 0.08 * capacity, nanos),
        open("easy", 0.35 * capacity, nanos),
        open("busy", 0.65 * capacity, nanos),
        closed("half", most / 2, nanos),
        closed("full", most + most / 2, nanos),
        closed("over", 3 * most, nanos));
  }

  static LoadStep open(String name, double rate, long nanos) {
    return new LoadStep.Open(name, nanos, false, rate, rate, new ArrivalProcess.Poisson(), null);
  }

  static LoadStep closed(String name, int users, long nanos) {
    return new LoadStep.Closed(name, nanos, false, users, users, new Distribution.Constant(0));
  }

  /** What a client would have recorded, its own noise aside. */
  static Recorded run(
      EngineSettings engine,
      long seed,
      Distribution input,
      Distribution output,
      List<LoadStep> steps) {
    return runOn(1, engine, seed, input, output, steps);
  }

  static Recorded runOn(
      int replicas,
      EngineSettings engine,
      long seed,
      Distribution input,
      Distribution output,
      List<LoadStep> steps) {
    VirtualRun run =
        new VirtualRun(engine, replicas, new Seed(seed), input, output, Timeouts.DEFAULT);
    List<AttemptRecord> attempts = new ArrayList<>();
    List<ServerSample> samples = new ArrayList<>();
    run.onAttempt(attempts::add);
    run.onSamples(samples::addAll);
    LoadRun load = run.carryOut(steps, 120 * SECOND);
    attempts.sort(Comparator.comparingLong(AttemptRecord::intended));
    return new Recorded(
        new RunInfo(
            "test",
            "test",
            seed,
            "simulated",
            "hidden",
            Instant.parse("2026-11-28T00:00:00Z"),
            load.phases().getLast().endNanos(),
            false,
            null,
            1,
            "none",
            load.phases(),
            List.of()),
        attempts,
        samples);
  }

  record Recorded(RunInfo info, List<AttemptRecord> attempts, List<ServerSample> samples) {

    MeasuredRun measured() {
      return MeasuredRun.of("hidden run", info, attempts, samples, List.of());
    }

    /** The directory of such a run. */
    Path write(Path path) {
      try (RunWriter writer = RunWriter.open(RunDirectory.create(path))) {
        attempts.forEach(writer::append);
        writer.appendServer(samples);
        writer.finish(info);
      }
      return path;
    }

    /** The same, of another model, each attempt changed. */
    Recorded changed(String model, UnaryOperator<AttemptRecord> change) {
      RunInfo other =
          new RunInfo(
              info.version(),
              info.scenario(),
              info.seed(),
              info.target(),
              model,
              info.start(),
              info.durationNanos(),
              false,
              null,
              1,
              info.machine(),
              info.phases(),
              List.of());
      return new Recorded(other, attempts.stream().map(change).toList(), samples);
    }

    Recorded withoutMetrics() {
      return new Recorded(info, attempts, List.of());
    }

    /**
     * As a client would see it that reads each event a while late.
     *
     * @param meanNanos of the exponential delay of each event
     * @param paused share of the time in which it stands still, for 50 ms each
     */
    Recorded read(long seed, double meanNanos, double paused) {
      RandomGenerator random = new Seed(seed).derive("client").stream();
      Pauses pauses = Pauses.of(random, attempts, paused);
      List<AttemptRecord> noisy = new ArrayList<>();
      for (AttemptRecord attempt : attempts) {
        long[] events = attempt.eventNanos().clone();
        for (int i = 0; i < events.length; i++) {
          double late = -Math.log(1 - random.nextDouble()) * meanNanos;
          long at = pauses.over(events[i] + Math.round(late));
          events[i] = i == 0 ? at : Math.max(at, events[i - 1]);
        }
        noisy.add(withEvents(attempt, events));
      }
      return new Recorded(info, noisy, samples);
    }
  }

  /** Stretches of 50 ms in which a client stood still. */
  private record Pauses(List<Long> starts) {
    static final long LENGTH = 50 * MS;

    static Pauses of(RandomGenerator random, List<AttemptRecord> attempts, double share) {
      List<Long> starts = new ArrayList<>();
      long until = attempts.getLast().end();
      for (long at = 0; share > 0 && at < until; at += 2 * LENGTH) {
        if (random.nextDouble() < 2 * share) {
          starts.add(at);
        }
      }
      return new Pauses(starts);
    }

    long over(long nanos) {
      for (long start : starts) {
        if (nanos >= start && nanos < start + LENGTH) {
          return start + LENGTH;
        }
      }
      return nanos;
    }
  }

  /** As an embedding, or an answer that was not streamed. */
  static AttemptRecord withoutTokens(AttemptRecord attempt) {
    return withEvents(attempt, new long[0], attempt.outcome());
  }

  static AttemptRecord failed(AttemptRecord attempt) {
    return withEvents(attempt, new long[0], Outcome.SERVER_ERROR);
  }

  private static AttemptRecord withEvents(AttemptRecord a, long[] events) {
    return withEvents(a, events, a.outcome());
  }

  private static AttemptRecord withEvents(AttemptRecord a, long[] events, Outcome outcome) {
    int n = events.length;
    return new AttemptRecord(
        a.request(),
        a.attempt(),
        a.phase(),
        a.requestClass(),
        a.session(),
        a.turn(),
        a.user(),
        a.loop(),
        a.intended(),
        a.sent(),
        a.headers(),
        n > 0 ? events[0] : a.first(),
        n > 1 ? events[1] : a.second(),
        n > 0 ? events[0] : a.firstAnswer(),
        n > 0 ? events[n - 1] : a.last(),
        n > 0 ? Math.max(a.end(), events[n - 1]) : a.end(),
        a.connectNanos(),
        outcome,
        a.httpStatus(),
        a.error(),
        a.finishReason(),
        a.inputTokensAsked(),
        a.inputTokens(),
        a.cachedTokens(),
        a.sharedTokens(),
        a.outputTokens(),
        a.reasoningTokens(),
        a.tokenSource(),
        a.maxTokens(),
        a.bytesReceived(),
        a.target(),
        a.resends(),
        a.http(),
        events,
        n > 0 ? a.eventTokens() : new int[0],
        a.silentNanos(),
        a.signalNanos());
  }
}
