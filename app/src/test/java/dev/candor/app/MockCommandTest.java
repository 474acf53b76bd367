package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code candor mock}: its flags reach the service, and its mistakes are told. */
final class MockCommandTest {
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"how are you\"}],\"max_tokens\":4}";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h100-lama3-8b | there is no profile 'h100-lama3-8b'; did you mean 'h100-llama3-8b'",
        "nowhere.yaml | nowhere.yaml: there is no such file",
        "tiny --profile tiny | --profile: found tiny beside tiny",
        "tiny --ttft 5ms | --profile: stands beside --ttft",
        "--max-num-seqs 4 | need a --profile",
        "hosted-api --replicas 2 | has latencies and no engine",
        "tiny --replicas 0 | --replicas: found 0, must be at least 1",
        "tiny --routing random | --routing: found 'random', must be round-robin",
        "--text lorem | --text: found 'lorem', must be one of [words, echo]",
        "--metrics datadog | --metrics: found 'datadog'",
        "--config nowhere.yaml | nowhere.yaml: there is no such file",
      })
  void mistake_exit2_namesIt(String flags, String said) {
    List<String> command = new ArrayList<>(List.of("mock", "--port", "0"));
    command.addAll(List.of(flags.split(" ")));
    Invocation mock = Invocation.of(command.toArray(String[]::new));
    assertThat(mock.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mock.error()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void config_mistakes_areToldWithTheirLines() throws IOException {
    Path config =
        Files.writeString(
            temp.resolve("mock.yaml"),
            """
            profile: tiny
            faults:
              - {fault: stal, after: 3}
            quota: []
            """);
    Invocation mock = Invocation.of("mock", "--port", "0", "--config", config.toString());
    assertThat(mock.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mock.error())
        .contains("mock.yaml:3:13: faults[0].fault: found 'stal'; did you mean 'stall'?")
        .contains("mock.yaml:4:8: quota: unknown key 'quota'; did you mean 'quotas'?");
  }

  @Test
  void flagsAndConfig_reachTheService() throws Exception {
    Path truth = temp.resolve("truth.jsonl");
    Path config =
        Files.writeString(temp.resolve("mock.yaml"), "{text: echo, quotas: [{rpm: 100}]}");
    Process mock =
        start(
            "tiny",
            "--config",
            config.toString(),
            "--replicas",
            "2",
            "--max-num-seqs",
            "3",
            "--kv-blocks",
            "40",
            "--no-prefix-caching",
            "--metrics",
            "sglang",
            "--model",
            "small",
            "--truth",
            truth.toString());
    try (BufferedReader said = mock.inputReader(StandardCharsets.UTF_8);
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(said.readLine().replaceFirst("candor mock: (\\S+).*", "$1/"));
      assertThat(said.readLine()).contains("tiny").contains("error");
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(url.resolve("chat/completions"))
                  .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"content\":\"how are you.\"");
      assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).hasValue("100");
      String metrics =
          http.send(
                  HttpRequest.newBuilder(url.resolve("/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(metrics)
          .contains("sglang:max_total_num_tokens")
          .contains("dp_rank=\"1\"")
          .contains("model_name=\"small\"");
    } finally {
      mock.destroy();
    }
    assertThat(mock.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(mock.exitValue()).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(truth)).hasSize(1).first().asString().contains("\"replica\":0");
  }

  private static Process start(String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.candor.app.Main",
                "mock",
                "--port",
                "0"));
    command.addAll(List.of(flags));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
