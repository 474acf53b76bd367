package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only a process of its own can show: signals, and a disk that takes no more. */
@EnabledOnOs(OS.LINUX)
final class ProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;
  private Path out;
  private Path said;
  private Path scenario;

  @BeforeEach
  void writeScenario() throws IOException {
    out = temp.resolve("run");
    said = temp.resolve("said.txt");
    scenario =
        Files.writeString(
            temp.resolve("long.yaml"),
            """
            target: {mock: {ttft: 20ms, itl: 2ms, output_tokens: 5}}
            workload: {mix: [{name: chat, input: 20, output: 5}]}
            load: [{name: hold, users: 5, for: 60s}]
            """);
  }

  /** Starts {@code candor run} behind {@code wrapper}, a command line that ends in its command. */
  private Process start(String... wrapper) throws IOException {
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.candor.app.Main",
            "run",
            scenario.toString(),
            "--out",
            out.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private int exitCode(Process process) throws Exception {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void signal_keepsAndReportsWhatWasMeasured_exit130(String signal) throws Exception {
    // A test that runs in a shell's background would hand on an ignored SIGINT.
    Process process = start("env", "--default-signal=INT,TERM");
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> Files.exists(log()) && Files.readString(log()).contains("phase hold"));
    } finally {
      // Told twice, as timeout tells a process and its group; two of one kind could merge into one.
      String kill =
          "kill -%1$s %3$d; kill -%2$s %3$d"
              .formatted(signal, signal.equals("INT") ? "TERM" : "INT", process.pid());
      new ProcessBuilder("sh", "-c", kill).start().waitFor();
    }
    assertThat(exitCode(process)).isEqualTo(ExitCode.INTERRUPTED);

    JsonNode summary = JsonMapper.shared().readTree(out.resolve("summary.json").toFile());
    assertThat(summary.path("verdict").asString()).isEqualTo("interrupted");
    JsonNode requests = summary.path("overall").path("requests");
    assertThat(requests.path("completed").asInt()).isPositive();
    assertThat(requests.path("intended").asInt())
        .isEqualTo(
            requests.path("completed").asInt()
                + requests.path("failed").asInt()
                + requests.path("abandoned").asInt()
                + requests.path("unfinished").asInt());
    assertThat(summary.path("overall").path("duration_s").asDouble()).isLessThan(60);
    assertThat(out.resolve("report.html")).exists();
    assertThat(Files.readString(said)).contains("INTERRUPTED").doesNotContain("\tat ");
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    assertThat(attempts).hasSize(requests.path("intended").asInt());
    assertThat(attempts).anyMatch(a -> a.outcome() == Outcome.CANCELLED);
  }

  @Test
  void fullDisk_endsTheRun_saysSo_exit3() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    out = disk.resolve("run");
    String[] ownMounts = {"unshare", "--user", "--map-root-user", "--mount"};
    assumeTrue(runs(ownMounts, "true"), "no mounts of one's own on this machine");
    // A disk of 300 KiB that only this process sees.
    Process process =
        start(
            Stream.concat(
                    Stream.of(ownMounts),
                    Stream.of(
                        "bash",
                        "-c",
                        "mount -t tmpfs -o size=300k tmpfs '%s' && exec \"$@\"".formatted(disk),
                        "candor"))
                .toArray(String[]::new));
    assertThat(exitCode(process)).isEqualTo(ExitCode.NOT_CARRIED_OUT);
    assertThat(Files.readString(said))
        .contains("cannot record the run in " + out)
        .contains("is the disk full?")
        .doesNotContain("\tat ")
        .doesNotContain("PASS");
  }

  private static boolean runs(String[] wrapper, String command) throws Exception {
    List<String> all = new ArrayList<>(List.of(wrapper));
    all.add(command);
    try {
      return new ProcessBuilder(all).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path log() {
    return out.resolve("candor.log");
  }
}
