package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor corpus show}, {@code sample} and {@code compare}. */
final class CorpusTrafficTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SESSIONS = 400;

  @TempDir Path folder;
  private Path production;

  @BeforeEach
  void makeProduction() throws IOException {
    production = folder.resolve("production.parquet");
    corpus(production, 100, SECOND);
  }

  /** Sessions of two turns that share a first block of 16, prompts from {@code shortest} on. */
  private static void corpus(Path file, int shortest, long gapNanos) throws IOException {
    try (CorpusWriter writer = new CorpusWriter(file)) {
      for (int session = 0; session < SESSIONS; session++) {
        for (int turn = 0; turn < 2; turn++) {
          writer.append(
              new CorpusRow(
                  session,
                  turn,
                  turn == 0 ? new int[0] : new int[] {0},
                  turn == 0 ? CorpusRow.NONE : 3 * SECOND,
                  (session * 2L + turn) * gapNanos,
                  session % 4 == 0 ? "code" : "chat",
                  shortest + session,
                  20 + session % 10,
                  CorpusRow.NONE,
                  16,
                  new long[] {7},
                  null,
                  null,
                  "log.jsonl",
                  session + 1));
        }
      }
      writer.finish();
    }
  }

  private static Invocation corpusCommand(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "corpus";
    System.arraycopy(args, 0, all, 1, args.length);
    return Invocation.of(all);
  }

  @Test
  void show_corpus_drawsItsDistributions() {
    Invocation show = corpusCommand("show", production.toString(), "--by", "class");
    assertThat(show.error()).isEmpty();
    assertThat(show.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(show.output().lines())
        .contains(
            "production.parquet: 800 requests in 400 sessions",
            "240k input and 19.6k output tokens, 13.3min at 1.00 requests/s",
            "classes: chat 600, code 200",
            "sources: log.jsonl 800",
            "                    mean     p1    p10    p25    p50    p75    p90    p99    max",
            "input tokens         300    103    139    199    299    399    459    495    499",
            "turns a session        2      2      2      2      2      2      2      2      2",
            "between requests   1.00s  1.00s  1.00s  1.00s  1.00s  1.00s  1.00s  1.00s  1.00s",
            "think time         3.00s  3.00s  3.00s  3.00s  3.00s  3.00s  3.00s  3.00s  3.00s",
            "in flight            n/a",
            "         64 …       127   7.0% █████▋",
            "        256 …       511  61.0% █████████████████████████████████████████████████",
            "prefix ceiling   5.3 % of input tokens; by whole blocks 5.3 %",
            "burstiness       gaps vary by 0.00 of their mean",
            "class chat: 600 requests in 300 sessions");
    assertThat(show.output().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void show_json_hasTheFigures() {
    Invocation show =
        corpusCommand("show", production.toString(), "--json", "--cache-tokens", "1000,100000");
    JsonNode json = JsonMapper.shared().readTree(show.output());
    assertThat(json.at("/requests").asInt()).isEqualTo(800);
    assertThat(json.at("/input_tokens/p50").asDouble()).isEqualTo(299);
    assertThat(json.at("/request_gap/mean").asDouble()).isEqualTo(1000);
    assertThat(json.at("/classes/code").asInt()).isEqualTo(200);
    assertThat(json.at("/prefix_ceiling").asDouble()).isEqualTo(799 * 16 / 239_600.0);
    assertThat(json.at("/cache_hit_rate/100000").asDouble()).isEqualTo(799 * 16 / 239_600.0);
    assertThat(json.at("/concurrency").isNull()).isTrue();
  }

  @Test
  void show_tokenTime_knowsConcurrency() {
    Invocation show = corpusCommand("show", production.toString(), "--token-time", "10ms");
    assertThat(show.output()).contains("in flight           0.25      0      0      0      0");
  }

  @Test
  void sample_corpus_isSmallerAndSaysHowLike() {
    Path out = folder.resolve("some.parquet");
    Invocation sample =
        corpusCommand("sample", production.toString(), "--out", out.toString(), "--sessions", "40");
    assertThat(sample.error()).isEmpty();
    assertThat(sample.output())
        .startsWith(out + ": 80 of 800 requests in 40 of 400 sessions (10.00 %)")
        .contains("1 / 10.0 as many requests come a second")
        .contains(
            "turns a session         2      2      2      2      2      2   0.00  0.00  100.0");
    assertThat(corpusCommand("show", out.toString()).output())
        .contains("80 requests in 40 sessions");
  }

  @Test
  void compare_otherCorpus_scoresItsParts() throws IOException {
    Path other = folder.resolve("other.parquet");
    corpus(other, 400, SECOND / 2);
    Invocation compare =
        corpusCommand("compare", production.toString(), other.toString(), "--min-score", "95");
    assertThat(compare.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(compare.output().lines())
        .contains(
            "input tokens          299    459    495    599    759    795   1.00  0.75   25.0",
            "between requests    1.00s  1.00s  1.00s  500ms  500ms  500ms   0.50  1.00    0.0")
        .anyMatch(line -> line.startsWith("fidelity ") && line.contains("worst: between"))
        .contains("  * requests come faster: set rate: 1.00/s");
    assertThat(compare.output()).contains("prompts are longer than in production (on average");
    assertThat(compare.output().lines())
        .filteredOn(line -> !line.startsWith("production: ") && !line.startsWith("other: "))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void compare_itself_isAHundred() {
    Invocation compare =
        corpusCommand(
            "compare",
            production.toString(),
            production.toString(),
            "--json",
            "--min-score",
            "100");
    assertThat(compare.exitCode()).isEqualTo(ExitCode.OK);
    JsonNode json = JsonMapper.shared().readTree(compare.output());
    assertThat(json.at("/score").asDouble()).isEqualTo(100);
    assertThat(json.at("/advice").size()).isZero();
    assertThat(json.at("/parts/0/dimension").asString()).isEqualTo("input_tokens");
    assertThat(json.at("/parts/0/ks").asDouble()).isZero();
  }

  @Test
  void compare_run_mapsItsAttempts() throws IOException {
    Path scenario = folder.resolve("like.yaml");
    Files.writeString(
        scenario,
        """
        target: {mock: {ttft: 1ms, itl: 1ms}}
        workload: {salt: false, mix: [{name: chat, input: 300, output: 25}]}
        load: [{users: 2, for: 1s}]
        """);
    Path run = folder.resolve("run");
    assertThat(Invocation.of("run", scenario.toString(), "--out", run.toString()).carriedOut())
        .isTrue();
    Invocation compare = corpusCommand("compare", production.toString(), run.toString());
    assertThat(compare.error()).isEmpty();
    assertThat(compare.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(compare.output())
        .contains("output tokens          24     28     29     25     25     25")
        .containsPattern("prefix ceiling\\s+5.3%\\s+0.0%");
  }

  @Test
  void mistakes_areSaid() {
    String corpus = production.toString();
    String out = folder.resolve("o.parquet").toString();
    assertThat(corpusCommand("show", folder.resolve("no").toString()).error())
        .contains("there is no such file");
    assertThat(corpusCommand("show", corpus, "--by", "hour").error()).contains("must be class");
    assertThat(corpusCommand("show", corpus, "--cache-tokens", "3").error())
        .contains("--cache-tokens: found 3, must be at least a block of 16");
    assertThat(corpusCommand("show", corpus, "--width", "3").error()).contains("--width: found 3");
    assertThat(corpusCommand("show", corpus, "--token-time", "x").error())
        .contains("--token-time: 'x' is not a duration");
    assertThat(corpusCommand("sample", corpus, "--out", out).error())
        .contains("one of --requests and --sessions");
    assertThat(corpusCommand("sample", corpus, "--out", out, "--requests", "800").error())
        .contains("has 800 requests, a sample must have fewer");
    assertThat(corpusCommand("sample", corpus, "--out", out, "--requests", "0").error())
        .contains("--requests: found 0");
    assertThat(corpusCommand("compare", corpus, corpus, "--min-score", "101").error())
        .contains("--min-score: found 101.0");
    assertThat(corpusCommand("compare", corpus, "a.yaml").error())
        .contains("a.yaml: there is no such file");
    Invocation directory = corpusCommand("compare", corpus, folder.toString());
    assertThat(directory.error()).contains("is not the directory of a run");
    assertThat(directory.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private Path scenario(String text) throws IOException {
    return Files.writeString(folder.resolve("scenario.yaml"), text);
  }

  @Test
  void compare_scenario_drawsWhatItWouldAsk() throws IOException {
    Path like =
        scenario(
            """
            workload:
              mix:
                - {name: chat, input: 300, output: 25, turns: 2, follow_up: 20, think: 2s}
            load: [{users: 1, for: 1s, warmup: true}, {rate: 0.5/s, arrivals: constant, for: 100s}]
            """);
    Invocation compare = corpusCommand("compare", production.toString(), like.toString());
    assertThat(compare.error()).isEmpty();
    assertThat(compare.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(compare.output())
        .contains("output tokens          24     28     29     25     25     25")
        .containsPattern("turns a session +2 +2 +2 +2 +2 +2 +0.00 +0.00 +100.0")
        .containsPattern("between sessions +2.00s +2.00s +2.00s +2.00s +2.00s +2.00s");
  }

  @Test
  void compare_scenarioOfUsers_leavesOutWhenTheyAsk() throws IOException {
    Path users =
        scenario(
            """
            workload: {mix: [{name: chat, input: 300, output: 25}]}
            load: [{users: 3, for: 1s}]
            """);
    assertThat(corpusCommand("compare", production.toString(), users.toString()).output())
        .contains("between requests (unknown in the other)");
    assertThat(
            corpusCommand("compare", production.toString(), scenario("load: 3").toString()).error())
        .contains("scenario.yaml:1:");
  }

  @Test
  void run_namingProduction_saysHowLike_andIsHeldToIt() throws IOException {
    Path scenario =
        scenario(
            """
            production: production.parquet
            target: {mock: {ttft: 1ms, itl: 1ms}}
            workload: {salt: false, mix: [{name: chat, input: 3000, output: 250}]}
            load: [{users: 2, for: 1s}]
            thresholds: ["fidelity >= 99"]
            """);
    Path run = folder.resolve("like");
    Invocation done = Invocation.of("run", scenario.toString(), "--out", run.toString());
    assertThat(done.output())
        .containsPattern("fidelity +\\d+ of 100, rates left out; worst: ")
        .contains("prompts are longer than in production")
        .contains("MISS fidelity >= 99");
    JsonNode summary = JsonMapper.shared().readTree(run.resolve("summary.json").toFile());
    assertThat(summary.at("/fidelity/score").asDouble()).isBetween(0.0, 90.0);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("How like production")
        .contains("input tokens");
  }

  @Test
  void run_namingNoProduction_saysSo() throws IOException {
    Path scenario =
        scenario("target: {mock: {ttft: 1ms, itl: 1ms}}\nload: [{users: 2, for: 1s}]\n");
    Path run = folder.resolve("unlike");
    Invocation done = Invocation.of("run", scenario.toString(), "--out", run.toString());
    assertThat(done.output().replaceAll("\\s+", " ")).contains("the scenario names no corpus");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("Not tested: the scenario names no corpus of production traffic");
  }
}
