package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedRun;
import dev.candor.analysis.compare.Comparing;
import dev.candor.analysis.compare.RunComparison;
import dev.candor.analysis.compare.RunComparison.Verdict;
import dev.candor.app.run.SeedRuns;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often a comparison is wrong, on a few simulated pairs with fixed seeds, so that it comes out
 * the same everywhere; {@code benchmarks/run compare} makes the 200 of docs/compare.md.
 */
final class CompareAlarmsTest {
  private static final int PAIRS = 12;

  @TempDir Path temp;

  @Test
  void compare_otherSeeds_seldomAlarms_andA5PercentSlowerEngineIsFound()
      throws IOException, InterruptedException {
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      scenarios.add(scenario(1, 3 * i + 1));
      scenarios.add(scenario(1, 3 * i + 2));
      scenarios.add(scenario(1.05, 3 * i + 3));
    }
    List<SeedRuns.Simulated> runs = SeedRuns.all(scenarios);
    int alarms = 0;
    int found = 0;
    for (int i = 0; i < PAIRS; i++) {
      ComparedRun base = read(runs.get(3 * i));
      alarms += told(base, read(runs.get(3 * i + 1))).isEmpty() ? 0 : 1;
      found +=
          told(base, read(runs.get(3 * i + 2))).stream().anyMatch(key -> key.startsWith("itl."))
              ? 1
              : 0;
    }
    System.out.printf(
        "compare: of %d pairs %d alarms, of as many planted %d found%n", PAIRS, alarms, found);
    // 5 % of 12 pairs: three or more in 2 % of experiments.
    assertThat(alarms).isLessThan(3);
    assertThat(found).isEqualTo(PAIRS);
  }

  private static ComparedRun read(SeedRuns.Simulated run) {
    return ComparedRun.read(RunDirectory.existing(run.run().directory()));
  }

  /** Figures that are told apart. */
  private static List<String> told(ComparedRun base, ComparedRun side) {
    RunComparison comparison =
        Comparing.of(List.of(base), List.of(List.of(side)), CompareOptions.usual());
    return comparison
        .changes()
        .filter(change -> change.verdict() == Verdict.WORSE || change.verdict() == Verdict.BETTER)
        .map(change -> change.metric().key())
        .toList();
  }

  private Scenario scenario(double slower, long seed) throws IOException {
    Path profile = temp.resolve("profile-" + slower + ".yaml");
    Files.writeString(
        profile,
        """
        source: {text: made for this test, url: none}
        fit: none
        error: none
        model: {name: m, weights: 16GB, layers: 32, kv_heads: 8, head_dim: 128, kv_bytes: 2}
        gpu: {name: g, count: 1, memory: 80GiB, utilization: 0.9, activations: 5GiB, other: 0GiB}
        step: {floor: %fms, base: %fms, per_prefill_token: %fus, per_context_token: %fns, per_sequence: %fus, jitter: 0.02, request_overhead: 18ms}
        limits: {max_num_seqs: 256, max_num_batched_tokens: 8192, max_model_len: 8192, chunked_prefill: true}
        kv: {block_size: 16, prefix_caching: true}
        """
            .formatted(7 * slower, 6 * slower, 22 * slower, 49 * slower, 22 * slower));
    Path file = temp.resolve("scenario.yaml");
    Files.writeString(
        file,
        """
        name: chat
        seed: %d
        target: {ignore_eos: true, mock: {profile: %s}}
        workload: {mix: [{name: chat, input: "lognormal(700, 0.6)", output: "lognormal(200, 0.6)"}]}
        load: [{users: 5, for: 5s, warmup: true}, {name: hold, users: 10, for: 40s}]
        output: {dir: %s}
        """
            .formatted(seed, profile, temp.resolve("run-" + seed)));
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }
}
