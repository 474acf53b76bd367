package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes and hostile servers: each has its message and its exit code, none a stack trace. */
final class BadInputTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6))
          .withOutputTokens(new Distribution.Constant(5));

  @TempDir Path temp;
  private Path out;

  @BeforeEach
  void chooseOut() {
    out = temp.resolve("run");
  }

  private Invocation runAgainst(String url, String... more) {
    return Invocation.of(
        Stream.concat(
                Stream.of(
                    "run",
                    "--url",
                    url,
                    "--model",
                    "mock-model",
                    "--users",
                    "2",
                    "--for",
                    "1s",
                    "--warmup",
                    "0s",
                    "--out",
                    out.toString(),
                    "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void unreachableHost_saysSo_exit3() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Invocation run = runAgainst("http://127.0.0.1:" + port + "/v1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
    assertThat(run.output()).contains("cannot connect").contains("connect_failed");
    assertThat(run.output()).contains(":%d: Connection refused)".formatted(port));
  }

  @Test
  void wrongKey_exit3() {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1).withRequiredKey("right"))) {
      Invocation run = runAgainst(mock.baseUrl().toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
      assertThat(run.output()).contains("unauthorized").contains("401");
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new MockFault.HtmlInsteadOfJson(), "malformed", "HTML"),
        Arguments.of(new MockFault.EndlessLine(), "oversized", "line"),
        Arguments.of(new MockFault.InvalidUtf8(), "malformed", "UTF-8"),
        Arguments.of(new MockFault.Truncated(0), "truncated", ""),
        Arguments.of(new MockFault.Truncated(2), "truncated", ""),
        Arguments.of(new MockFault.Disconnect(2), "disconnected", ""),
        Arguments.of(new MockFault.ErrorFrame(0), "error_frame", ""),
        Arguments.of(new MockFault.ErrorFrame(2), "error_frame", ""),
        Arguments.of(new MockFault.EmptyAnswer(), "empty_answer", ""),
        Arguments.of(new MockFault.ErrorStatus(429, null, "{}"), "rate_limited", ""),
        Arguments.of(new MockFault.ErrorStatus(503, null, "busy"), "server_error", ""),
        Arguments.of(
            new MockFault.ErrorStatus(404, null, "{\"error\":{\"message\":\"no such model\"}}"),
            "not_found",
            "no such model"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_isATypedOutcome_neverASuccess(MockFault fault, String outcome, String said)
      throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1).withFault(fault))) {
      Invocation run = runAgainst(mock.baseUrl().toString());
      String summary = Files.readString(out.resolve("summary.json"));
      assertThat(summary).contains("\"" + outcome + "\"").contains(said);
      assertThat(summary).containsPattern("\"completed\"\\s*:\\s*0");
      assertThat(run.exitCode()).isNotEqualTo(ExitCode.OK);
      assertThat(run.error()).doesNotContain("\tat ");
    }
  }

  @Test
  void forZero_exit2_namesTheFlag() {
    Invocation run = Invocation.of("run", "--for", "0s", "--out", out.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error()).contains("--for").contains("0s");
    assertThat(out).doesNotExist();
  }

  @Test
  void unknownFlag_exit2() {
    assertThat(Invocation.of("run", "--usres", "5").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void outIsAFile_exit2() throws IOException {
    Files.writeString(out, "in the way");
    Invocation run = Invocation.of("run", "--users", "1", "--for", "1s", "--out", out.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error()).contains(out.toString()).doesNotContain("\tat ");
    Invocation below = Invocation.of("run", "--out", out.resolve("below").toString());
    assertThat(below.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(below.error()).contains("cannot write to").contains("that you may write to");
  }

  @Test
  void scenarioWithATabAndNegativeRate_exit2() throws IOException {
    Path tab = Files.writeString(temp.resolve("tab.yaml"), "load:\n\t- users: 5\n");
    Invocation withTab = Invocation.of("run", tab.toString());
    assertThat(withTab.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(withTab.error()).contains("tab.yaml:2").contains("tab");

    Path negative =
        Files.writeString(temp.resolve("negative.yaml"), "load:\n  - {rate: -5, for: 1s}\n");
    Invocation withRate = Invocation.of("run", negative.toString());
    assertThat(withRate.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(withRate.error()).contains("negative.yaml:2").contains("rate").contains("-5");
  }

  @Test
  void percentileOfThreeSamples_isNotANumber() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1))) {
      Path scenario =
          Files.writeString(
              temp.resolve("three.yaml"),
              """
              target: {url: "%s", model: mock-model}
              workload:
                mix: [{name: one, share: 1, input: 20, output: 5}]
              load: [{rate: 3/s, arrivals: constant, for: 1s}]
              """
                  .formatted(mock.baseUrl()));
      Invocation run =
          Invocation.of(
              "run", scenario.toString(), "--out", out.toString(), "--threshold", "ttft.p99 < 9s");
      assertThat(run.output()).contains("n/a (3 samples)", "MISS ttft.p99 < 9s");
      // A busy machine makes the only second one of the client's.
      assertThat(run.exitCode()).isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    }
  }

  @Test
  void serverThatWordsTheKey_recordsWithoutIt() throws IOException {
    MockFault fault =
        new MockFault.ErrorStatus(400, null, "{\"detail\":\"bad key s3cret-of-mine for this\"}");
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1).withFault(fault))) {
      Path scenario =
          Files.writeString(
              temp.resolve("key.yaml"),
              """
              target: {url: "%s", api_key: s3cret-of-mine}
              load: [{users: 1, for: 20s}]
              """
                  .formatted(mock.baseUrl()));
      Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString());
      assertThat(run.output().replaceAll("\\s+", " "))
          .contains("bad key *** for this")
          .doesNotContain("s3cret-of-mine");
      try (Stream<Path> files = Files.list(out)) {
        assertThat(files)
            .allSatisfy(
                file ->
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cret-of-mine"));
      }
    }
  }
}
