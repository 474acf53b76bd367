package dev.candor.benchmarks;

import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedRun;
import dev.candor.analysis.compare.Comparing;
import dev.candor.analysis.compare.RunComparison;
import dev.candor.app.run.SeedRuns;
import dev.candor.base.stats.WilsonInterval;
import dev.candor.base.time.Clock;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often {@code candor compare} is wrong: pairs of simulations of the same scenario with other
 * seeds, of which none should be told apart, and pairs of which the second's engine takes 5 % more
 * time for each step, of which all should.
 */
final class CompareBench {
  private static final int CHUNK = 5;
  private static final Clock CLOCK = Clock.system();

  private CompareBench() {}

  /** What is simulated. */
  private record Case(String name, String mix, String load) {}

  private static final String CHAT =
      "{name: chat, input: \"lognormal(700, 0.6)\", output: \"lognormal(200, 0.6)\"}";

  private static final List<Case> CASES =
      List.of(
          new Case("closed", CHAT, "{name: hold, users: 20, for: 120s}"),
          new Case("open", CHAT, "{name: hold, rate: 10/s, for: 120s}"),
          new Case("long", CHAT, "{name: hold, rate: 10/s, for: 540s}"),
          new Case("busy", CHAT, "{name: hold, rate: 16/s, for: 120s}"),
          new Case("short", CHAT, "{name: hold, users: 10, for: 40s}"));

  /**
   * @param arguments the case, pairs (200), the first seed (1), steps' times of the second engine
   *     (1.05)
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Case simulated =
        CASES.stream().filter(each -> each.name().equals(arguments[0])).findFirst().orElseThrow();
    int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    double slower = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 1.05;
    Path temp = Files.createTempDirectory("candor-compare");
    try {
      Path plain = profile(temp, 1);
      Path slow = profile(temp, slower);
      Tally same = new Tally("same");
      Tally planted = new Tally("planted");
      Tally sameSeed = new Tally("planted, of one seed");
      for (int i = 0; i < pairs; i += CHUNK) {
        int many = Math.min(CHUNK, pairs - i);
        List<Scenario> scenarios = new ArrayList<>();
        for (int j = 0; j < many; j++) {
          long first = seed + 3L * (i + j);
          scenarios.add(scenario(simulated, plain, first, temp));
          scenarios.add(scenario(simulated, plain, first + 1, temp));
          scenarios.add(scenario(simulated, slow, first + 2, temp));
          scenarios.add(scenario(simulated, slow, first, temp));
        }
        List<SeedRuns.Simulated> runs = SeedRuns.all(scenarios);
        for (int j = 0; j < many; j++) {
          ComparedRun base = read(runs.get(4 * j));
          same.add(base, read(runs.get(4 * j + 1)));
          planted.add(base, read(runs.get(4 * j + 2)));
          sameSeed.add(base, read(runs.get(4 * j + 3)));
        }
        delete(temp.resolve("runs"));
        System.out.println(same.line());
        System.out.println(planted.line());
        System.out.println(sameSeed.line());
      }
    } finally {
      delete(temp);
    }
  }

  private static ComparedRun read(SeedRuns.Simulated run) {
    return ComparedRun.read(RunDirectory.existing(run.run().directory()));
  }

  /** Verdicts of one kind of pair. */
  private static final class Tally {
    private final String name;
    private final Map<String, Integer> alarms = new TreeMap<>();
    private int pairs;
    private int alarmed;
    private int itl;
    private int undecided;
    private int tests;
    private double seconds;

    Tally(String name) {
      this.name = name;
    }

    void add(ComparedRun base, ComparedRun other) {
      long begin = CLOCK.nanoTime();
      RunComparison comparison =
          Comparing.of(List.of(base), List.of(List.of(other)), CompareOptions.usual());
      seconds += (CLOCK.nanoTime() - begin) / 1e9;
      List<String> worse = new ArrayList<>();
      comparison
          .changes()
          .forEach(
              change -> {
                tests++;
                switch (change.verdict()) {
                  case BETTER, WORSE -> worse.add(change.metric().key());
                  case UNDECIDED -> undecided++;
                  case SAME, UNKNOWN -> {
                    // As it should be.
                  }
                }
              });
      worse.forEach(key -> alarms.merge(key, 1, Integer::sum));
      pairs++;
      alarmed += worse.isEmpty() ? 0 : 1;
      itl += worse.stream().anyMatch(key -> key.startsWith("itl.")) ? 1 : 0;
    }

    String line() {
      WilsonInterval interval = WilsonInterval.of95(alarmed, pairs);
      return String.format(
          Locale.ROOT,
          "%s: %d of %d pairs told apart (%.1f %%, %.1f to %.1f), by ITL %d; undecided %.1f %%; %.2f s a pair; %s",
          name,
          alarmed,
          pairs,
          100.0 * alarmed / pairs,
          100 * interval.low(),
          100 * interval.high(),
          itl,
          100.0 * undecided / tests,
          seconds / pairs,
          alarms);
    }
  }

  /** The shipped H100 with Llama 3 8B, its steps {@code slower} times as long. */
  private static Path profile(Path temp, double slower) throws IOException {
    String text =
        String.format(
            Locale.ROOT,
            """
            source: {text: the shipped h100-llama3-8b with other step times, url: none}
            fit: none
            error: none
            model: {name: Meta-Llama-3-8B-Instruct, weights: 16.06GB, layers: 32, kv_heads: 8, head_dim: 128, kv_bytes: 2}
            gpu: {name: H100, count: 1, memory: 80GiB, utilization: 0.9, activations: 5.5GiB, other: 0.15GiB}
            step:
              floor: %fms
              base: %fms
              per_prefill_token: %fus
              per_context_token: %fns
              per_sequence: %fus
              per_token_pair: %fns
              jitter: 0.02
              request_overhead: 18.6ms
            limits: {max_num_seqs: 1024, max_num_batched_tokens: 8192, max_model_len: 8192, chunked_prefill: true}
            kv: {block_size: 16, prefix_caching: true}
            """,
            7.05 * slower,
            6.05 * slower,
            22.3 * slower,
            49 * slower,
            22.4 * slower,
            1.31 * slower);
    return Files.writeString(temp.resolve("profile-" + slower + ".yaml"), text);
  }

  private static Scenario scenario(Case simulated, Path profile, long seed, Path temp)
      throws IOException {
    Path file = temp.resolve("scenario.yaml");
    Files.writeString(
        file,
        """
        name: compare
        seed: %d
        target: {ignore_eos: true, mock: {profile: %s}}
        workload: {mix: [%s]}
        load: [{users: 5, for: 5s, warmup: true}, %s]
        slo: {ttft: 1s, itl: 50ms}
        prices: {input: 0.1, cached_input: 0.05, output: 0.4}
        simulation: {records: tokens}
        output: {dir: %s}
        """
            .formatted(
                seed,
                profile,
                simulated.mix(),
                simulated.load(),
                temp.resolve("runs/" + seed + profile.getFileName())));
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
