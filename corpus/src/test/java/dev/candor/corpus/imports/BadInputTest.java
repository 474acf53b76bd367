package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.read.Format;
import dev.candor.corpus.read.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake has its message with file and line, or is skipped and counted. */
final class BadInputTest {
  private static final String GOOD = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir Path folder;

  private TestImport importing() {
    return new TestImport(folder);
  }

  private void fails(TestImport imported, String... parts) throws IOException {
    Files.deleteIfExists(imported.out());
    assertThatThrownBy(imported::run)
        .isInstanceOfSatisfying(
            CandorException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
        .message()
        .startsWith(folder.toString())
        .contains(parts);
    assertThat(folder).isDirectoryNotContaining("glob:**corpus.parquet*");
  }

  private static void skips(TestImport imported, Reason reason, int rows, String place) {
    ImportSummary summary = imported.skippingBad().run();
    assertThat(summary.rows()).isEqualTo(rows);
    assertThat(summary.skipped()).hasSize(1);
    ImportSummary.Skip skip = summary.skipped().getFirst();
    assertThat(skip.reason()).isEqualTo(reason);
    assertThat(skip.count()).isEqualTo(1);
    assertThat(skip.places().getFirst()).endsWith(place);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void gzip_isReadWhateverItsName_inSeveralMembersToo() throws IOException {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.write(gzip((GOOD + "\n").getBytes(StandardCharsets.UTF_8)));
    twice.write(gzip((GOOD + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(importing().file("log.dat", twice.toByteArray()).run().rows()).isEqualTo(2);
  }

  @Test
  void gzip_cutOff_keepsWhatWasReadable() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines
          .append("{\"messages\":[{\"role\":\"user\",\"content\":\"")
          .append(Integer.toHexString(i * 0x9E3779B9))
          .append("\"}]}\n");
    }
    byte[] whole = gzip(lines.toString().getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    fails(importing().file("log.jsonl.gz", cut), "log.jsonl.gz:", "cut off", "must be a whole");
    ImportSummary summary = importing().file("log.jsonl.gz", cut).skippingBad().run();
    assertThat(summary.rows()).isBetween(5_000L, 15_000L);
    assertThat(summary.skipped())
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.reason()).isEqualTo(Reason.TRUNCATED);
              assertThat(skip.places().getFirst()).endsWith(":" + (summary.rows() + 1));
            });
  }

  @Test
  void json_invalidInALine_isNamedWithLineAndColumn() throws IOException {
    String[] lines = {GOOD, "", "{\"messages\": oops}", GOOD};
    fails(importing().file("log.jsonl", lines), "log.jsonl:3: found invalid JSON at column 14");
    skips(importing().file("log.jsonl", lines), Reason.INVALID_JSON, 2, "log.jsonl:3");
  }

  @Test
  void json_moreBehindARecord_isInvalid() throws IOException {
    fails(importing().file("log.jsonl", GOOD, GOOD + " {}"), "log.jsonl:2: found invalid JSON");
  }

  @Test
  void json_invalidInAnArray_isNamedWithItsOwnLine() throws IOException {
    String[] lines = {"[", "  " + GOOD + ",", "  {\"messages\":", "    oops},", "  " + GOOD, "]"};
    fails(importing().file("log.json", lines), "log.json:4: found invalid JSON at column 5");
    skips(importing().file("log.json", lines), Reason.INVALID_JSON, 2, "log.json:4");
  }

  @Test
  void json_openStringInAnArray_costsItsRecordAlone() throws IOException {
    String[] lines = {"[", " " + GOOD + ",", " {\"messages\": \"open},", " " + GOOD, "]"};
    fails(importing().file("log.json", lines), "log.json:3: found a line's end in a string");
    skips(importing().file("log.json", lines), Reason.INVALID_JSON, 2, "log.json:3");
    String[] spread = {
      "[",
      " " + GOOD + ",",
      " {",
      "  \"a\": \"open,",
      "  \"b\":",
      "  " + GOOD,
      " },",
      " " + GOOD,
      "]"
    };
    skips(importing().file("log.json", spread), Reason.INVALID_JSON, 2, "log.json:3");
  }

  @Test
  void json_arrayWithoutEnd_isSaid() throws IOException {
    fails(
        importing().file("log.json", "[" + GOOD + ",", GOOD),
        "log.json:2: found the file's end in the array");
    skips(importing().file("log.json", "[" + GOOD + ",", GOOD), Reason.INVALID_JSON, 2, ":2");
    fails(
        importing().file("log.json", "[" + GOOD + ",", "{\"messages\": ["),
        "log.json:2: found the file's end in a record");
  }

  @Test
  void json_noObjects_areBadFields() throws IOException {
    fails(importing().file("log.json", "[" + GOOD + ", 7, [1]]"), "log.json:1: found JSON that is");
    ImportSummary summary =
        importing().file("log.json", "[" + GOOD + ", 7, [1], ]]").skippingBad().run();
    assertThat(summary.rows()).isEqualTo(1);
    assertThat(summary.skippedCount()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void utf8_brokenInALine_isNamedWithItsByte() throws IOException {
    byte[] latin = GOOD.replace("hello", "h\u00e9llo").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write((GOOD.replace("hello", "h\u00e9llo") + "\n").getBytes(StandardCharsets.UTF_8));
    file.write(latin);
    file.write(("\n" + GOOD).getBytes(StandardCharsets.UTF_8));
    fails(
        importing().file("log.jsonl", file.toByteArray()),
        "log.jsonl:2: found a byte E9 that is not UTF-8 as byte 41 of its line");
    skips(importing().file("log.jsonl", file.toByteArray()), Reason.NOT_UTF8, 2, ":2");
  }

  @Test
  void byteOrderMark_ofUtf8IsFine_ofUtf16IsNamed() throws IOException {
    byte[] marked = ("\ufeff" + GOOD).getBytes(StandardCharsets.UTF_8);
    assertThat(importing().file("log.jsonl", marked).run().rows()).isEqualTo(1);
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE")) {
      byte[] wide = GOOD.getBytes(Charset.forName(charset));
      fails(importing().file("wide.jsonl", wide).skippingBad(), "UTF-16", "must be UTF-8");
      Files.delete(folder.resolve("wide.jsonl"));
    }
  }

  @Test
  void emptyFile_isSaid() throws IOException {
    fails(importing().file("log.jsonl", new byte[0]), "found an empty file");
    fails(importing().file("log.jsonl", "", "  "), "found an empty file");
    fails(importing().file("log.jsonl.gz", gzip(new byte[0])), "found an empty file");
    fails(importing().file("l.csv", "input,output"), "found no request that can be used");
    fails(
        importing().file("log.jsonl", "{\"messages\":[]}").skippingBad(),
        "found no request that can be used (1 skipped for fields missing");
  }

  @Test
  void record_longerThanAllowed_isSkippedAndNeverHeld() throws IOException {
    String longLine = GOOD.replace("hello", "x".repeat(600_000));
    for (String[] lines :
        new String[][] {{GOOD, longLine, GOOD}, {"[" + GOOD + ",", longLine + ",", GOOD + "]"}}) {
      TestImport strict = importing().file("log", lines);
      strict.mostRecordBytes = 1 << 19;
      fails(strict, "log:2: found a record of more than 524288 bytes, must be less");
      TestImport lenient = importing().file("log", lines);
      lenient.mostRecordBytes = 1 << 19;
      skips(lenient, Reason.TOO_LONG, 2, "log:2");
      assertThat(lenient.read()).map(CorpusRow::line).containsExactly(1L, 3L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'TIMESTAMP,ContextTokens,GeneratedTokens', '2023-11-16 18:15:46.5,5,5', '2023-11-16 18:15:46.4,5,5'",
    "'Timestamp,Model,Request tokens,Response tokens', '10,m,5,5', '9.9,m,5,5'",
  })
  void timestamps_goingBack_areBadInTraces(String header, String first, String second)
      throws IOException {
    fails(importing().file("t.csv", header, first, second), "t.csv:3: found a timestamp 0.1");
    skips(importing().file("t.csv", header, first, second, first), Reason.TIME_GOES_BACK, 2, ":3");
  }

  @Test
  void timestamps_goingBack_areBadInJsonTraces() throws IOException {
    String line =
        "{\"chat_id\":%d,\"parent_chat_id\":-1,\"timestamp\":%d,\"input_length\":5,\"output_length\":5}";
    fails(
        importing().file("b.jsonl", line.formatted(1, 9), line.formatted(2, 8)),
        "b.jsonl:2: found a timestamp 1.00000 s before");
    String moon = "{\"timestamp\":%d,\"input_length\":5,\"output_length\":5,\"hash_ids\":[]}";
    fails(
        importing().file("m.jsonl", moon.formatted(9), moon.formatted(8)),
        "m.jsonl:2: found a timestamp 0.00100000 s before");
  }

  @Test
  void columns_unknown_areListed() throws IOException {
    fails(
        importing().file("l.csv", "when,tokens in,tokens out", "1,2,3"),
        "l.csv:1: found the columns when, tokens in, tokens out; must have one of the input's length (input_tokens");
    fails(
        importing().as(Format.AZURE).file("l.csv", "input,output", "2,3"),
        "l.csv:1: found the columns input, output; must have");
  }

  @ParameterizedTest
  @CsvSource({
    "'-5,3', 'found input = -5 tokens, must be a whole number from 0 to 100000000'",
    "'0,3', 'found an input of 0 tokens, must be at least 1'",
    "'5,999999999999', 'found output = 999999999999 tokens'",
    "'5.5,3', 'found input = 5.5 tokens'",
    "'many,3', 'found something else than a number in input'",
    "'NaN,3', 'found input = NaN tokens'",
    "'5', 'found 1 values, must be 2'",
  })
  void lengths_thatNoneCanHave_areBad(String row, String message) throws IOException {
    fails(importing().file("l.csv", "input,output", "7,7", row), "l.csv:3: " + message);
    assertThat(
            importing()
                .file("l.csv", "input,output", "7,7", row)
                .skippingBad()
                .run()
                .skippedCount())
        .isEqualTo(1);
  }

  @Test
  void timestamps_unreadable_areBad() throws IOException {
    fails(
        importing().file("l.csv", "input,output,time", "7,7,yesterday"),
        "l.csv:2: found a timestamp that cannot be read, must be as 2026-");
    fails(importing().file("l.csv", "input,output,time", "7,7,1e300"), "beyond all years");
  }

  @Test
  void formats_unknownOrWrong_areSaid() throws IOException {
    fails(importing().file("x", "{\"a\":1}"), "that tell of no format", "openai, batch, sharegpt");
    fails(importing().file("x", "once upon a time"), "that tell of no format", "bailian, weka");
    fails(importing().as(Format.LENGTHS).file("x", GOOD), "found JSON, must be a table");
    fails(importing().as(Format.PARQUET).file("x", GOOD), "found no Parquet file");
    fails(importing().as(Format.OTEL).file("x", GOOD), "x:1: found no resourceSpans");
    fails(importing().file("x", "PAR1 and no more"), "found a Parquet file that cannot be read");
    assertThatThrownBy(() -> Format.ofKey("opena")).hasMessageContaining("did you mean 'openai'?");
  }

  @Test
  void badPart_ofARecord_costsThatPartAlone() throws IOException {
    String span =
        "{\"traceId\":\"%s\",\"attributes\":[{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":%d}}]}";
    String line =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[%s,%s]}]}]}"
            .formatted(span.formatted("a", -4), span.formatted("b", 4));
    fails(importing().file("o.jsonl", line), "o.jsonl:1: found gen_ai.usage.input_tokens = -4");
    skips(importing().file("o.jsonl", line), Reason.BAD_LENGTH, 1, "o.jsonl:1");
  }

  @Test
  void limit_endsTheImport_standardInputIsRead_nothingIsLeftBehind() throws IOException {
    TestImport imported = importing().path("-");
    imported.standardInput = (GOOD + "\n").repeat(9).getBytes(StandardCharsets.UTF_8);
    imported.mostRows = 4;
    assertThat(imported.rows()).hasSize(4).allMatch(row -> row.source().equals("stdin"));
    assertThat(folder.toFile().list()).containsExactly("corpus.parquet");
  }

  @Test
  void out_inNoFolder_isSaid() {
    TestImport imported = new TestImport(folder.resolve("none"));
    assertThatThrownBy(imported::run).hasMessageStartingWith("--out: found");
  }
}
