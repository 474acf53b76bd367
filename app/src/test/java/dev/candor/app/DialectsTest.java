package dev.candor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import dev.candor.record.TokenSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every dialect that the embedded mock speaks, from the scenario to the records. */
final class DialectsTest {
  private static final int TOKENS = 7;

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "openai-chat, true",
    "openai-chat, false",
    "openai-completions, true",
    "openai-completions, false",
    "openai-responses, true",
    "openai-responses, false",
    "anthropic-messages, true",
    "anthropic-messages, false"
  })
  void run_generatingDialect_measuresEveryToken(String api, boolean stream) throws Exception {
    List<AttemptRecord> attempts = run("api: %s, stream: %s".formatted(api, stream));
    for (AttemptRecord attempt : attempts) {
      assertThat(attempt.outputTokens()).isEqualTo(TOKENS);
      assertThat(attempt.tokenSource()).isEqualTo(TokenSource.USAGE);
      assertThat(attempt.finishReason()).isNotNull();
      assertThat(attempt.inputTokens()).isBetween(40, 80);
      if (stream) {
        assertThat(attempt.first()).isGreaterThan(attempt.sent());
        assertThat(attempt.eventNanos()).hasSize(TOKENS);
        assertThat(attempt.firstAnswer()).isEqualTo(attempt.first());
        assertThat(attempt.end()).isGreaterThanOrEqualTo(attempt.last());
      } else {
        assertThat(attempt.first()).isEqualTo(AttemptRecord.NONE);
      }
    }
  }

  @Test
  void run_reasoning_tellsItFromTheAnswer() throws Exception {
    for (String api : List.of("openai-chat", "openai-responses", "anthropic-messages")) {
      List<AttemptRecord> attempts =
          run("api: %s".formatted(api), "output_tokens: 10, reasoning_tokens: 4");
      assertThat(attempts)
          .as(api)
          .allMatch(attempt -> attempt.firstAnswer() >= attempt.first())
          // A client that was held up may see both in one read, but not always.
          .anyMatch(attempt -> attempt.firstAnswer() > attempt.first());
    }
  }

  @Test
  void run_embeddings_hasNoTokensAndNoNonsense() throws Exception {
    List<AttemptRecord> attempts = run("api: openai-embeddings");
    assertThat(attempts)
        .allSatisfy(
            attempt -> {
              assertThat(attempt.outputTokens()).isZero();
              assertThat(attempt.inputTokens()).isBetween(40, 80);
              assertThat(attempt.first()).isEqualTo(AttemptRecord.NONE);
            });
    String summary = Files.readString(temp.resolve("run").resolve("summary.json"));
    assertThat(summary).contains("embeddings have no output tokens");
  }

  @Test
  void run_genericOverChat_readsByPointers() throws Exception {
    List<AttemptRecord> attempts =
        run(
            """
            api: generic, generic: {
              path: /chat/completions,
              body: '{"model": "{{model}}", "messages": {{messages}}, "stream": true,
                      "stream_options": {"include_usage": true}, "max_tokens": {{max_tokens}}}',
              text: /choices/0/delta/content,
              input_tokens: /usage/prompt_tokens,
              output_tokens: /usage/completion_tokens,
              end: {frame: '[DONE]'}}""");
    assertThat(attempts)
        .allSatisfy(
            attempt -> {
              assertThat(attempt.outputTokens()).isEqualTo(TOKENS);
              assertThat(attempt.tokenSource()).isEqualTo(TokenSource.USAGE);
              assertThat(attempt.eventNanos()).hasSize(TOKENS);
            });
  }

  @Test
  void run_faultsInEveryDialect_areErrorFrames() throws Exception {
    for (String api :
        List.of("openai-chat", "openai-completions", "openai-responses", "anthropic-messages")) {
      Invocation run =
          invoke("api: " + api, "output_tokens: 5, faults: [{fault: error-frame, after: 2}]");
      assertThat(run.exitCode()).as(run.output() + run.error()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
      assertThat(attempts())
          .as(api)
          .isNotEmpty()
          .allSatisfy(attempt -> assertThat(attempt.outcome()).isEqualTo(Outcome.ERROR_FRAME));
    }
  }

  @Test
  void run_ollama_readsLines() throws Exception {
    byte[] line =
        "{\"model\":\"m\",\"message\":{\"content\":\"a\"},\"done\":false}\n".getBytes(UTF_8);
    byte[] last =
        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":50,\"eval_count\":2}\n"
            .getBytes(UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    server.createContext(
        "/api/chat",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            for (byte[] each : List.of(line, line, last)) {
              body.write(each);
              body.flush();
            }
          }
        });
    server.start();
    try {
      Invocation run =
          invoke(
              "api: ollama-chat, url: 'http://127.0.0.1:%d'"
                  .formatted(server.getAddress().getPort()));
      assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    } finally {
      server.stop(0);
    }
    assertThat(asked).isNotEmpty().allMatch(body -> body.contains("\"num_predict\":20"));
    assertThat(attempts())
        .isNotEmpty()
        .allSatisfy(
            attempt -> {
              assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
              assertThat(attempt.outputTokens()).isEqualTo(2);
              assertThat(attempt.inputTokens()).isEqualTo(50);
              assertThat(attempt.finishReason()).isEqualTo("stop");
            });
  }

  @Test
  void run_ollamaWithoutUrl_exit2() throws Exception {
    Invocation run = invoke("api: ollama-chat", "output_tokens: 5");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error()).contains("the embedded mock does not speak ollama-chat");
  }

  private List<AttemptRecord> run(String target) throws IOException {
    return run(target, "output_tokens: " + TOKENS);
  }

  private List<AttemptRecord> run(String target, String mock) throws IOException {
    Invocation run = invoke(target, mock);
    assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    List<AttemptRecord> attempts = attempts();
    assertThat(attempts).isNotEmpty();
    assertThat(attempts)
        .allSatisfy(
            attempt ->
                assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED));
    return attempts;
  }

  private Invocation invoke(String target, String mock) throws IOException {
    return invoke("%s, mock: {ttft: 30ms, itl: 1ms, %s}".formatted(target, mock));
  }

  private Invocation invoke(String target) throws IOException {
    Path out = temp.resolve("run");
    Path scenario =
        Files.writeString(
            temp.resolve("scenario.yaml"),
            """
            target: {%s}
            workload: {mix: [{name: a, share: 1, input: 50, output: 20}]}
            load: [{users: 2, for: 500ms}]
            """
                .formatted(target));
    delete(out);
    return Invocation.of("run", scenario.toString(), "--out", out.toString(), "--quiet");
  }

  private List<AttemptRecord> attempts() {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(temp.resolve("run"))) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
