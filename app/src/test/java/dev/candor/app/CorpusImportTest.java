package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code candor corpus import} as a user calls it. */
final class CorpusImportTest {
  private static final Path TRACES = Path.of("../examples/traces");
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"hello you\"}]}";

  @TempDir Path temp;

  private Invocation importing(String... arguments) {
    return Invocation.of(
        Stream.concat(
                Stream.of("corpus", "import", "--out", temp.resolve("corpus.parquet").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<CorpusRow> rows() {
    List<CorpusRow> rows = new ArrayList<>();
    Corpus.existing(temp.resolve("corpus.parquet")).forEach(rows::add);
    return rows;
  }

  @Test
  void traces_areDetectedAndSummedUp() {
    Invocation azure = importing(TRACES.resolve("azure_conv_300.csv").toString());
    assertThat(azure.error()).isEmpty();
    assertThat(azure.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(azure.output())
        .contains("azure_conv_300.csv: read as azure")
        .contains("300 requests in 300 sessions (at most 1 turns), ")
        .contains("texts: none; prefix blocks: none");
    Invocation mooncake =
        importing(TRACES.resolve("mooncake_conversation_200.jsonl").toString(), "--json");
    assertThat(mooncake.output())
        .contains("\"rows\" : 200")
        .contains("\"format\" : \"mooncake\"")
        .contains("\"block_tokens\" : [ 512 ]");
    assertThat(rows()).hasSize(200);
    assertThat(rows().getFirst().blocks()).hasSize(14);
  }

  @Test
  void lineOfSeventyMegabytes_isBadOrSkipped() throws IOException {
    Path log = temp.resolve("log.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      out.write(
          (GOOD + "\n{\"messages\":[{\"role\":\"user\",\"content\":\"")
              .getBytes(StandardCharsets.UTF_8));
      byte[] block = "word ".repeat(14_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1000; i++) {
        out.write(block);
      }
      out.write(("\"}]}\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Invocation strict = importing(log.toString());
    assertThat(strict.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(strict.error())
        .isEqualTo(
            "candor: %s:2: found a record of more than 64 MiB, must be less%n".formatted(log));
    Invocation lenient = importing(log.toString(), "--skip-bad");
    assertThat(lenient.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(lenient.output())
        .contains("2 requests in 2 sessions")
        .contains("skipped 1 for too long for one record: " + log + ":2");
    assertThat(rows()).map(CorpusRow::inputTokens).containsExactly(2, 2);
  }

  @Test
  void standardInput_isRead_quietly() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)));
    try {
      Invocation run = importing("-", "--quiet", "--block-tokens", "2");
      assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(run.output() + run.error()).isEmpty();
    } finally {
      System.setIn(before);
    }
    assertThat(rows()).singleElement().satisfies(row -> assertThat(row.blocks()).hasSize(1));
    assertThat(rows().getFirst().messages()).contains("hello you");
  }

  @Test
  void mistakes_areUsageErrors() throws IOException {
    String log = Files.writeString(temp.resolve("log.jsonl"), GOOD).toString();
    String[][] calls = {
      {"none.jsonl", "none.jsonl: there is no such file"},
      {log, "--format", "openay", "did you mean 'openai'?"},
      {log, "--limit", "0", "--limit: found 0, must be at least 1"},
      {log, "--block-tokens", "0", "--block-tokens: found 0, must be at least 1"},
      {log, "--tokenizer", "none", "found 'none', which is no file"},
      {"-", "-", "found - twice"},
    };
    for (String[] call : calls) {
      String[] arguments = java.util.Arrays.copyOf(call, call.length - 1);
      Invocation run = importing(arguments);
      assertThat(run.exitCode()).as(run.error()).isEqualTo(ExitCode.USAGE);
      assertThat(run.error()).startsWith("candor: ").contains(call[call.length - 1]);
    }
    assertThat(temp.toFile().list()).containsExactly("log.jsonl");
  }

  private Path secretLog() throws IOException {
    return Files.writeString(
        temp.resolve("log.jsonl"),
        """
        {"messages":[{"role":"user","content":"Mail me at ada.byron@example-firm.io or call +44 20 7946 0018."}],"user":"ada.byron@example-firm.io"}
        {"messages":[{"role":"user","content":"Mail me at ada.byron@example-firm.io again."}]}
        """);
  }

  @Test
  void texts_areScrubbedBeforeTheyAreWritten_equalValuesAlike() throws IOException {
    Invocation scrubbed = importing(secretLog().toString(), "--verify");
    assertThat(scrubbed.error()).isEmpty();
    assertThat(scrubbed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(scrubbed.output()).contains("email", "replaced in", "Verified: nothing is left.");
    List<String> messages = rows().stream().map(row -> String.valueOf(row.messages())).toList();
    assertThat(messages).noneMatch(text -> text.contains("ada") || text.contains("7946"));
    String first = messages.getFirst().replaceAll("(?s).*Mail me at (\\S+).*", "$1");
    assertThat(first).contains("@");
    assertThat(messages.getLast()).contains("Mail me at " + first + " again.");
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("log.jsonl", "corpus.parquet");
    }
  }

  @Test
  void noScrub_keepsTexts_andSaysSo() throws IOException {
    Invocation asIs = importing(secretLog().toString(), "--no-scrub");
    assertThat(asIs.output()).contains("texts were kept as they are (--no-scrub)");
    assertThat(rows().getFirst().messages()).contains("ada.byron@example-firm.io");
    assertThat(importing(secretLog().toString(), "--no-scrub", "--verify").error())
        .contains("--no-scrub: stands beside --rules, --key-file or --verify");
  }
}
