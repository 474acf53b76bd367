package dev.candor.analysis.compare;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.StandardNormal;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Runs whose seconds depend on those before them, made from numbers: five requests a second of 20
 * tokens each, all of a second as slow as the second is, by an autoregressive process.
 *
 * @param phi how much of a second's slowness is in the next
 * @param ttft milliseconds
 * @param itl milliseconds
 * @param failed share of the requests
 * @param apart by how much runs differ from each other, as a standard deviation of the logarithm
 */
record CorrelatedRun(
    String yaml, int seconds, double phi, double ttft, double itl, double failed, double apart) {
  static final String CHAT =
      "name: chat\nslo: {ttft: 10s}\nload: [{name: hold, rate: 5/s, for: 120s}]\n";
  private static final double SPREAD = 0.05;
  private static final int A_SECOND = 5;
  private static final int TOKENS = 20;
  private static final double OWN = 0.1;
  private static final double MILLI = 1e6;
  private static final long SECOND = 1_000_000_000;

  static CorrelatedRun usual() {
    return new CorrelatedRun(CHAT, 120, 0.8, 100, 20, 0, 0);
  }

  CorrelatedRun itl(double milliseconds) {
    return new CorrelatedRun(yaml, seconds, phi, ttft, milliseconds, failed, apart);
  }

  CorrelatedRun lasting(int length) {
    return new CorrelatedRun(yaml, length, phi, ttft, itl, failed, apart);
  }

  CorrelatedRun failing(double share) {
    return new CorrelatedRun(yaml, seconds, phi, ttft, itl, share, apart);
  }

  CorrelatedRun apart(double deviation) {
    return new CorrelatedRun(yaml, seconds, phi, ttft, itl, failed, deviation);
  }

  CorrelatedRun of(String scenario) {
    return new CorrelatedRun(scenario, seconds, phi, ttft, itl, failed, apart);
  }

  ComparedRun run(String name, long seed) {
    return run(name, seed, "pass", "hold");
  }

  /**
   * One whose seconds are as slow as its schedule makes them, by {@code seed}, and a little by
   * themselves: a tenth of the variance.
   */
  ComparedRun sharing(String name, long seed, long own) {
    return run(name, seed, OWN, own, "pass", "hold");
  }

  /** One with the phases {@code names}, one after another. */
  ComparedRun run(String name, long seed, String verdict, String... names) {
    return run(name, seed, 0, 0, verdict, names);
  }

  private ComparedRun run(
      String name, long seed, double ownShare, long ownSeed, String verdict, String... names) {
    Scenario scenario = scenario();
    RandomGenerator random = new Seed(seed).stream();
    RandomGenerator own = ownShare == 0 ? random : new Seed(ownSeed).derive("own").stream();
    double ownSlowness = 0;
    List<PhaseRecord> phases =
        IntStream.range(0, names.length).mapToObj(index -> phase(index, names[index])).toList();
    List<PhaseBlocks> blocks =
        phases.stream().map(phase -> new PhaseBlocks(phase, scenario)).toList();
    double run = apart * StandardNormal.sample(random);
    double slowness = SPREAD * StandardNormal.sample(random);
    for (int second = 0; second < seconds * names.length; second++) {
      slowness = phi * slowness + Math.sqrt(1 - phi * phi) * SPREAD * StandardNormal.sample(random);
      if (ownShare > 0) {
        ownSlowness =
            phi * ownSlowness + Math.sqrt(1 - phi * phi) * SPREAD * StandardNormal.sample(own);
      }
      double slow = Math.sqrt(1 - ownShare) * slowness + Math.sqrt(ownShare) * ownSlowness;
      for (int i = 0; i < A_SECOND; i++) {
        AttemptRecord attempt =
            attempt(
                second * A_SECOND + i,
                second / seconds,
                second * SECOND + i * SECOND / A_SECOND,
                Math.exp(slow + run),
                own);
        blocks.forEach(phase -> phase.add(attempt));
      }
    }
    RunInfo info =
        new RunInfo(
            "1.0",
            scenario.name(),
            seed,
            "target",
            "model",
            Instant.EPOCH,
            seconds * SECOND * names.length,
            false,
            null,
            1,
            "machine",
            phases,
            List.of());
    return new ComparedRun(name, info, scenario, verdict, blocks);
  }

  private PhaseRecord phase(int index, String name) {
    return new PhaseRecord(
        index,
        name,
        "open",
        null,
        5.0,
        false,
        false,
        seconds * SECOND,
        SECOND * index * seconds,
        SECOND * (index + 1) * seconds,
        0);
  }

  private Scenario scenario() {
    try {
      Path file = Files.createTempFile("scenario", ".yaml");
      Files.writeString(file, yaml);
      Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
      Files.delete(file);
      return scenario;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AttemptRecord attempt(
      long number, int phase, long at, double slow, RandomGenerator random) {
    boolean fails = random.nextDouble() < failed;
    long first = at + (long) (ttft * MILLI * slow * (1 + 0.1 * StandardNormal.sample(random)));
    long[] instants = new long[fails ? 0 : TOKENS];
    long now = first;
    for (int i = 0; i < instants.length; i++) {
      instants[i] = now;
      now += (long) (itl * MILLI * slow * (1 + 0.1 * StandardNormal.sample(random)));
    }
    int[] tokens = new int[instants.length];
    Arrays.fill(tokens, 1);
    long last = fails ? NONE : instants[TOKENS - 1];
    return new AttemptRecord(
        number,
        1,
        phase,
        "chat",
        number,
        0,
        NONE,
        0,
        at,
        at,
        first,
        fails ? NONE : first,
        fails ? NONE : instants[1],
        fails ? NONE : first,
        last,
        fails ? first : last,
        NONE,
        fails ? Outcome.SERVER_ERROR : Outcome.COMPLETED,
        fails ? 500 : 200,
        null,
        null,
        100,
        100,
        50,
        NONE,
        fails ? 0 : TOKENS,
        0,
        TokenSource.USAGE,
        TOKENS,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        instants,
        tokens,
        new long[0],
        new long[0]);
  }
}
