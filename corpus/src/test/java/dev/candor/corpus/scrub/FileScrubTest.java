package dev.candor.corpus.scrub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import dev.candor.scrub.ScrubRules;
import dev.candor.scrub.Scrubber;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileScrubTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);
  private static final String KEY_LINE =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

  @TempDir Path folder;

  private final Scrubber scrubber = new Scrubber(ScrubRules.builtIn(), KEY);
  private final FileScrub files = new FileScrub(scrubber);

  private String scrubbed(String name, String content) throws IOException {
    Path in = Files.writeString(folder.resolve(name), content);
    Path out = folder.resolve("out-" + name);
    files.scrub(in, out);
    return Files.readString(out);
  }

  @Test
  void scrub_jsonWithoutFindings_isTheSameByteForByte() throws IOException {
    String json =
        "{ \"a\" : [1, 2.50,-3e+5 ,true,null , \"x\\u0041\\n\\/ä\"],\n  \"b\":{} , \"c\":[] }\r\n\n{\"d\":\"\"}";
    assertThat(scrubbed("a.json", json)).isEqualTo(json);
  }

  @Test
  void scrub_escapedValues_areFoundAsWhatTheySay() throws IOException {
    String json =
        "{\"content\":\"mail anna\\u0040firma.de or \\u0061nna@firma.de\"}\n"
            + "{\"key\":\"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n\"}\n"
                .formatted(KEY_LINE);
    String clean = scrubbed("a.jsonl", json);
    assertThat(clean)
        .doesNotContain("firma")
        .doesNotContain(KEY_LINE.substring(0, 20))
        .contains("-----BEGIN PRIVATE KEY-----\\n")
        .contains("\\n-----END PRIVATE KEY-----\\n\"}");
    assertThat(clean.lines()).hasSize(2);
  }

  @Test
  void scrub_fieldsOfJson_countAsContext() throws IOException {
    String clean =
        scrubbed(
            "a.json",
            "{\"password\":\"correct horse 7\",\"ssn\":219099999,\"card\":4242424242424242,"
                + "\"user\":{\"dob\":\"1985-03-12\",\"phones\":[\"07911123456\"],\"n\":219099999},"
                + "\"anna@firma.de\":{\"api_key\":[\"s3cretval\"]}}");
    assertThat(clean)
        .doesNotContain("correct", "\"ssn\":219099999", "4242424242424242", "1985", "07911123456")
        .doesNotContain("firma", "s3cretval")
        .contains("\"n\":219099999")
        .containsPattern("\"ssn\":[1-9][0-9]{8},\"card\":999[0-9]{13},");
  }

  @Test
  void scrub_asciiJson_staysAscii() throws IOException {
    assertThat(scrubbed("a.json", "{\"t\":\"f\\u00fcr anna@firma.de\"}"))
        .startsWith("{\"t\":\"f\\u00fcr ")
        .contains("@example.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,}            | 1: is not JSON: found '}' where a key in quotes must stand
          {"a" 1}             | 1: is not JSON: found '1' where ':' must stand
          [1 2]               | 1: is not JSON: found '2' where ',' or the end must stand
          {"a":"b             | 1: the JSON ends within a text; is the file cut off?
          {"a":[1             | 1: the JSON ends within a value; is the file cut off?
          {"a":tru}           | 1: is not JSON: found 't' where a value must stand
          ]                   | 1: is not JSON: found ']' where a value must begin
          "\\q"               | 1: is not JSON: a text has an unknown escape
          """)
  void scrub_brokenJson_isToldWithItsLine(String json, String message) throws IOException {
    Path in = Files.writeString(folder.resolve("b.jsonl"), "{\"ok\":1}\n" + json);
    Path out = folder.resolve("c.jsonl");
    assertThatThrownBy(() -> files.scrub(in, out))
        .isInstanceOf(CandorException.class)
        .hasMessage(in + ":" + message.replaceFirst("1", "2"));
    assertThat(folder).isDirectoryNotContaining("glob:**c.jsonl*");
  }

  @Test
  void scrub_csv_usesTheColumnsNamesAndKeepsItsForm() throws IOException {
    String csv =
        "id,ssn,note\r\n1,219099999,\"say \"\"hi\"\" to anna@firma.de,\nplease\"\r\n2,,x\r\n";
    String clean = scrubbed("a.csv", csv);
    assertThat(clean)
        .startsWith("id,ssn,note\r\n1,")
        .doesNotContain("219099999", "firma")
        .contains(",\"say \"\"hi\"\" to ")
        .endsWith(",\nplease\"\r\n2,,x\r\n");
    assertThat(scrubbed("b.csv", "a;b\n\"x\";\"anna@firma.de\"\n"))
        .startsWith("a;b\n\"x\";\"")
        .doesNotContain("firma");
  }

  @Test
  void scrub_keyAcrossLinesOfText_isReplacedLineByLine() throws IOException {
    StringBuilder text = new StringBuilder("intro\n-----BEGIN RSA PRIVATE KEY-----\n");
    for (int i = 0; i < 20; i++) {
      text.append(KEY_LINE).append('\n');
    }
    text.append("-----END RSA PRIVATE KEY-----\nBest regards,\nAnna Schmidt\n");
    String clean = scrubbed("a.txt", text.toString());
    assertThat(clean.lines()).hasSameSizeAs(text.toString().lines().toList());
    assertThat(clean).doesNotContain(KEY_LINE.substring(0, 16)).doesNotContain("Anna", "Schmidt");
  }

  @Test
  void scrub_valuesAcrossTheBlocksOfALongText_areFoundWhole() throws IOException {
    // One line without a break, and lines, so that blocks end at every place in a card's number.
    for (String gap : List.of(" filler words here ", "\nfiller words here\n")) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 600_000) {
        text.append("4242 4242 4242 4242").append(gap, 0, 1 + text.length() % (gap.length() - 1));
        text.append("x ");
      }
      assertThat(scrubbed("long.txt", text.toString())).doesNotContain("4242 4242");
    }
  }

  @Test
  void scrub_keyAcrossTheBlocksOfALongText_isOneValue() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < 400_000) {
      text.append("filler ".repeat(37)).append("\n-----BEGIN PRIVATE KEY-----\n");
      for (int i = 0; i < 90; i++) {
        text.append(KEY_LINE).append('\n');
      }
      text.append("-----END PRIVATE KEY-----\n");
    }
    String clean = scrubbed("keys.txt", text.toString());
    assertThat(clean.split("-----BEGIN PRIVATE KEY-----"))
        .hasSizeGreaterThan(50)
        .satisfies(
            parts ->
                assertThat(Set.of(parts[1]))
                    .containsAll(List.of(parts).subList(1, parts.length - 1)));
  }

  @Test
  void scrub_gzip_isReadAndWritten() throws IOException {
    Path in = folder.resolve("a.jsonl.gz");
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(in))) {
      bytes.write("{\"a\":\"anna@firma.de\"}\n".getBytes(UTF_8));
    }
    Path out = folder.resolve("b.jsonl.gz");
    files.scrub(in, out);
    try (GZIPInputStream bytes = new GZIPInputStream(Files.newInputStream(out))) {
      assertThat(new String(bytes.readAllBytes(), UTF_8)).contains("@example.");
    }
    byte[] whole = Files.readAllBytes(in);
    Files.write(in, java.util.Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> files.scrub(in, out))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("a.jsonl.gz:")
        .hasMessageContaining("cannot be read on");
  }

  @Test
  void scrub_otherEncoding_isToldWithItsLine() throws IOException {
    Path in = Files.write(folder.resolve("a.txt"), "one\nfür\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> files.scrub(in, folder.resolve("b.txt")))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void scrub_ontoItself_isRefused() throws IOException {
    Path in = Files.writeString(folder.resolve("a.txt"), "anna@firma.de");
    assertThatThrownBy(() -> files.scrub(in, folder.resolve(".").resolve("a.txt")))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("which is the input");
    assertThat(in).hasContent("anna@firma.de");
  }

  @Test
  void search_placesOfWhatIsLeft_haveLineAndKindAlone() throws IOException {
    Path text =
        Files.writeString(folder.resolve("a.txt"), "nothing\n\nanna@firma.de\nx 4242424242424242");
    assertThat(files.search(text).places())
        .extracting(Place::toString)
        .containsExactly(text + ":3:email", text + ":4:card");
    Path json =
        Files.writeString(
            folder.resolve("a.jsonl"), "{\"a\":1}\n{\"b\":\"\\n\\n anna@firma.de\"}\n");
    assertThat(files.search(json).places())
        .extracting(Place::toString)
        .containsExactly(json + ":2:email");
    files.scrub(json, folder.resolve("b.jsonl"));
    assertThat(files.search(folder.resolve("b.jsonl")).found()).isZero();
  }

  @Test
  void scrub_corpus_replacesMessagesAndAnswersAlone() throws IOException {
    Path in = folder.resolve("a.parquet");
    long[] blocks = {7, 8};
    try (CorpusWriter writer = new CorpusWriter(in)) {
      writer.append(
          new CorpusRow(
              0,
              0,
              new int[0],
              5,
              6,
              "chat",
              100,
              20,
              3,
              16,
              blocks,
              "[{\"role\":\"user\",\"content\":\"I am at anna@firma.de\"}]",
              "Noted: anna@firma.de",
              "log.jsonl",
              1));
      writer.append(
          new CorpusRow(
              1, 0, new int[0], 5, 6, "chat", 100, 20, 3, 16, blocks, null, null, "log.jsonl", 2));
      writer.finish();
    }
    Path out = folder.resolve("b.parquet");
    files.scrub(in, out);
    List<CorpusRow> rows = new ArrayList<>();
    Corpus.existing(out).forEach(rows::add);
    CorpusRow first = rows.getFirst();
    String pseudonym = scrubber.scrub("anna@firma.de");
    assertThat(first.messages())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"I am at %s\"}]".formatted(pseudonym));
    assertThat(first.answer()).isEqualTo("Noted: " + pseudonym);
    assertThat(first.blocks()).containsExactly(7, 8);
    assertThat(rows.getLast().messages()).isNull();
    assertThat(files.search(in).places())
        .extracting(Place::toString)
        .containsExactly(in + ":1:email", in + ":1:email");
    assertThat(files.search(out).found()).isZero();
    assertThatThrownBy(() -> files.scrub(in, folder.resolve("c.jsonl")))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("must end with .parquet");
  }
}
