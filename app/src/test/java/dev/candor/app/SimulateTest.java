package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor simulate}, as its users call it. */
final class SimulateTest {
  private static final long SECOND = 1_000_000_000;

  /** Real runs of a machine that may be busy with something else. */
  private static final int TRIES = 4;

  private static final String CHAT =
      """
      target: {mock: {profile: h100-llama3-8b}}
      workload: {mix: [{name: chat, input: "lognormal(200, 0.5)", output: "uniform(20, 60)"}]}
      load: [{rate: 10/s, for: 6s}]
      """;

  @TempDir Path temp;

  private Path write(String yaml) throws IOException {
    return Files.writeString(temp.resolve("scenario.yaml"), yaml);
  }

  private Path simulated(String name, String yaml, String... more) throws IOException {
    Path out = temp.resolve(name);
    List<String> args =
        new ArrayList<>(
            List.of("simulate", write(yaml).toString(), "--out", out.toString(), "--quiet"));
    args.addAll(List.of(more));
    Invocation done = Invocation.of(args.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    return out;
  }

  private static List<AttemptRecord> attempts(Path run) {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(run)) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }

  private static JsonNode overall(Path run) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(run.resolve("summary.json")))
        .path("overall");
  }

  @Test
  void simulate_twice_everyFigureIsTheSameByteForByte() throws IOException {
    Path first = simulated("a", CHAT);
    Path second = simulated("b", CHAT);

    for (String file :
        List.of("summary.json", "attempts.parquet", "windows.parquet", "server.parquet")) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
    Path other = simulated("c", CHAT, "--seed", "43");
    assertThat(Files.readString(other.resolve("summary.json")))
        .isNotEqualTo(Files.readString(first.resolve("summary.json")));
  }

  @Test
  void simulate_runOfTheMock_agreesWithIt() throws IOException {
    Path simulated = simulated("simulated", CHAT);
    Path scenario = write(CHAT);
    for (int i = 1; i <= TRIES; i++) {
      Path run = temp.resolve("run" + i);
      Invocation.of("run", scenario.toString(), "--out", run.toString(), "--quiet");
      JsonNode real = overall(run);
      JsonNode virtual = overall(simulated);
      double ttft = real.at("/latency/ttft/p50").asDouble();
      double itl = real.at("/latency/itl/p50").asDouble();
      double tokens = real.at("/rates/output_tps").asDouble();
      double ttftOff = Math.abs(virtual.at("/latency/ttft/p50").asDouble() - ttft);
      double itlOff = Math.abs(virtual.at("/latency/itl/p50").asDouble() - itl);
      double tokensOff = Math.abs(virtual.at("/rates/output_tps").asDouble() / tokens - 1);
      System.out.printf(
          "simulate: TTFT p50 %.1f ms off %.2f, ITL p50 %.2f ms off %.2f, %.0f tok/s off %.2f %%%n",
          ttft, ttftOff, itl, itlOff, tokens, tokensOff * 100);
      if (ttftOff < Math.max(2, 0.03 * ttft)
          && itlOff < Math.max(2, 0.03 * itl)
          && tokensOff < 0.02) {
        // What was asked and answered does not depend on the machine at all.
        assertThat(virtual.path("tokens").path("output").asLong())
            .isEqualTo(real.path("tokens").path("output").asLong());
        assertThat(virtual.path("tokens").path("input").asLong())
            .isEqualTo(real.path("tokens").path("input").asLong());
        return;
      }
    }
    throw new AssertionError("the run and its simulation were apart in all tries");
  }

  /** The cached tokens of each call. */
  private static Map<String, Integer> cached(Path run) {
    Map<String, Integer> cached = new TreeMap<>();
    for (AttemptRecord attempt : attempts(run)) {
      if (attempt.outcome() == Outcome.COMPLETED && attempt.session() < 3) {
        cached.put(
            "%d.%d of %d".formatted(attempt.session(), attempt.turn(), attempt.inputTokens()),
            attempt.cachedTokens());
      }
    }
    return cached;
  }

  @ParameterizedTest
  @CsvSource({"generated", "real"})
  void simulate_sessions_hitThePrefixCacheAsTheMock(String answers) throws IOException {
    String sessions =
        """
        target: {mock: {profile: h100-llama3-8b}}
        workload:
          mix:
            - {name: chat, system: {tokens: 300, variants: 1}, input: "uniform(30, 90)", output: 20, turns: 4, follow_up: 40}
          sessions: {answers: %s}
        load: [{users: 1, for: 8s}]
        """
            .formatted(answers);
    Path simulated = simulated("simulated", sessions);
    Path run = temp.resolve("run");
    Invocation.of("run", write(sessions).toString(), "--out", run.toString(), "--quiet");

    Map<String, Integer> inRun = cached(run);
    assertThat(inRun).hasSizeGreaterThanOrEqualTo(12);
    assertThat(cached(simulated)).isEqualTo(inRun);
    assertThat(inRun.values()).anyMatch(tokens -> tokens > 350);
  }

  /** Over whole batches: what is served at a time ends at a time. */
  private static double completedPerSecond(Path run) {
    List<Long> ends =
        attempts(run).stream()
            .filter(a -> a.outcome() == Outcome.COMPLETED)
            .map(AttemptRecord::end)
            .filter(end -> end > 10 * SECOND && end <= 120 * SECOND)
            .sorted()
            .toList();
    return (ends.size() - 1) * (double) SECOND / (ends.getLast() - ends.getFirst());
  }

  private static String engine(String load) {
    return """
    target:
      mock: {profile: h100-llama3-8b, engine: {max_num_seqs: 8}}
      timeouts: {headers: 1h, first_token: 1h, total: 1h}
    workload: {mix: [{name: chat, input: 100, output: 50}]}
    load: [%s]
    """
        .formatted(load);
  }

  @Test
  void open_aboveTheSaturatedRate_backlogGrowsByTheDifference() throws IOException {
    // Not by users: who are answered together ask together, which makes other batches.
    double mu =
        completedPerSecond(
            simulated("saturated", engine("{rate: 60/s, arrivals: constant, for: 130s}")));
    long lambda = Math.round(1.5 * mu);

    Path overloaded =
        simulated(
            "overloaded", engine("{rate: %d/s, arrivals: constant, for: 120s}".formatted(lambda)));
    List<AttemptRecord> attempts = attempts(overloaded);
    for (long t : List.of(30 * SECOND, 60 * SECOND, 120 * SECOND)) {
      long backlog = attempts.stream().filter(a -> a.intended() <= t && a.end() > t).count();
      double expected = (lambda - mu) * t / SECOND;
      System.out.printf(
          "simulate: saturated at %.2f/s, %d/s for %d s: backlog %d, expected %.0f%n",
          mu, lambda, t / SECOND, backlog, expected);
      // Eight of them are being served, not waiting.
      assertThat((double) backlog).isCloseTo(expected, within(0.02 * expected + 8));
    }
  }

  /** Per request: when it was sent, and when its tokens came. */
  private static Map<Long, String> timelines(Path run) {
    Map<Long, String> timelines = new TreeMap<>();
    for (AttemptRecord attempt : attempts(run)) {
      timelines.put(
          attempt.request(), attempt.sent() + ": " + Arrays.toString(attempt.eventNanos()));
    }
    return timelines;
  }

  @Test
  void shards_ofAnOpenLoop_changeNoRequest() throws IOException {
    String replicas =
        """
        target: {mock: {profile: h100-llama3-8b, engine: {replicas: 6}}}
        workload: {mix: [{name: chat, input: "lognormal(200, 0.5)", output: "uniform(20, 60)"}]}
        load: [{rate: 120/s, for: 10s%s}]
        """;
    Path parted = simulated("parted", replicas.formatted(""));
    // A cap that is never reached keeps it in one piece.
    Path whole = simulated("whole", replicas.formatted(", max_in_flight: 100000"));

    assertThat(attempts(parted)).extracting(AttemptRecord::loop).contains(0, 1, 2, 3, 4, 5);
    assertThat(attempts(whole)).extracting(AttemptRecord::loop).containsOnly(0);
    assertThat(timelines(parted)).isEqualTo(timelines(whole));
  }

  @Test
  void seeds_several_areSpread() throws IOException {
    Path out = simulated("seeds", CHAT, "--seeds", "3");

    JsonNode spread = JsonMapper.shared().readTree(Files.readString(out.resolve("spread.json")));
    assertThat(spread.path("seeds").toString()).isEqualTo("[1,2,3]");
    JsonNode ttft = spread.path("figures").path("ttft.p50");
    assertThat(ttft.path("values")).hasSize(3);
    assertThat(ttft.path("mean").asDouble())
        .isBetween(ttft.path("min").asDouble(), ttft.path("max").asDouble());
    assertThat(out.resolve("seed-2/report.html")).isNotEmptyFile();
    Path alone = simulated("alone", CHAT, "--seed", "2");
    assertThat(out.resolve("seed-2/summary.json"))
        .hasSameBinaryContentAs(alone.resolve("summary.json"));
  }

  @Test
  void simulate_targetWithAddress_needsAnEngine() throws IOException {
    String live =
        """
        target: {url: "http://127.0.0.1:1/v1", model: m}
        workload: {mix: [{name: chat, input: 100, output: 10}]}
        load: [{users: 2, for: 5s}]
        """;

    Invocation without = Invocation.of("simulate", write(live).toString());
    assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(without.error()).contains("--profile").contains("http://127.0.0.1:1/v1");

    Path with = simulated("with", live, "--profile", "h100-llama3-8b", "--replicas", "2");
    assertThat(Files.readString(with.resolve("run.json"))).contains("simulated h100-llama3-8b × 2");
    assertThat(Files.readString(with.resolve("summary.json"))).contains("no figure was measured");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--profile h100-lama|h100-llama3-8b",
        "--replicas 0|must be at least 1",
        "--seeds 0|must be at least 1",
        "--records all|tokens",
        "--profile nowhere.yaml|nowhere.yaml"
      })
  void simulate_badFlag_saysWhatWouldBeRight(String flags, String hint) throws IOException {
    List<String> args = new ArrayList<>(List.of("simulate", write(CHAT).toString()));
    args.addAll(List.of(flags.split(" ")));

    Invocation done = Invocation.of(args.toArray(String[]::new));

    assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error()).contains(hint).doesNotContain("\tat ");
  }

  @Test
  void simulate_errorsInAWindow_areRateLimitedThere() throws IOException {
    Path run =
        simulated(
            "window",
            """
            target: {mock: {profile: h100-llama3-8b, faults: [{fault: error, status: 429, retry_after: 2s, from: 5s, for: 10s}]}}
            workload: {mix: [{name: short, input: 100, output: 10, share: 100%}]}
            load: [{rate: 10/s, arrivals: constant, for: 20s}]
            """);

    assertThat(attempts(run))
        .filteredOn(a -> a.outcome() == Outcome.RATE_LIMITED && a.httpStatus() == 429)
        .hasSize(100)
        // The service starts 0.1 s ahead of the load.
        .allMatch(a -> a.intended() >= 4_900_000_000L && a.intended() < 14_900_000_000L);
  }

  @Test
  void simulate_quota_letsThroughWhatTheMockWould() throws IOException {
    Path run =
        simulated(
            "quota",
            """
            target: {mock: {ttft: 20ms, itl: 2ms, quotas: [{rpm: 60}]}}
            workload: {mix: [{name: chat, input: 10, output: 2}]}
            load: [{rate: 4/s, arrivals: constant, for: 40s}]
            """);

    // A minute's worth at once, and one a second: 60 + 39 of 160.
    assertThat(attempts(run))
        .filteredOn(a -> a.outcome() == Outcome.COMPLETED)
        .hasSizeBetween(99, 100);
    assertThat(attempts(run))
        .filteredOn(a -> a.outcome() == Outcome.RATE_LIMITED)
        .hasSizeBetween(60, 61)
        .allMatch(a -> a.error() != null && a.error().contains("RPM"));
  }

  @Test
  void simulate_faultThatIsNotSimulated_isRefusedByName() throws IOException {
    Invocation done =
        Invocation.of(
            "simulate",
            write(CHAT.replace("8b}", "8b, faults: [{fault: stall, after: 3}]}")).toString());

    assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error()).contains("not simulated").doesNotContain("\tat ");
  }

  @Test
  void simulate_promptLongerThanTheModelHolds_isRejectedAndCounted() throws IOException {
    Path run =
        simulated(
            "long",
            """
            target: {mock: {profile: h100-llama3-8b, engine: {max_model_len: 1000}}}
            workload: {mix: [{name: short, input: 100, output: 10, share: 90%}, {name: long, input: 2000, output: 10, share: 10%}]}
            load: [{rate: 10/s, for: 20s}]
            """);

    assertThat(attempts(run))
        .filteredOn(a -> a.requestClass().equals("long"))
        .isNotEmpty()
        .allMatch(a -> a.outcome() == Outcome.REJECTED && a.httpStatus() == 400);
  }
}
