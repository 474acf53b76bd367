package dev.candor.corpus.imports;

import dev.candor.base.random.Seed;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.read.Format;
import dev.candor.corpus.read.TextFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import of what a test writes, with a token a character. */
final class TestImport {
  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  @Nullable Format format;
  boolean lengthsOnly;
  boolean skipBad;
  int blockTokens = 4;
  long mostRows;
  int mostRecordBytes = 1 << 20;
  TextFilter filter = TextFilter.NONE;
  byte[] standardInput = {};
  Seed key = new Seed(7);

  TestImport(Path folder) {
    this.folder = folder;
  }

  TestImport file(String name, String... lines) throws IOException {
    return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  TestImport file(String name, byte[] bytes) throws IOException {
    files.add(Files.write(folder.resolve(name), bytes));
    return this;
  }

  TestImport path(String path) {
    files.add(Path.of(path));
    return this;
  }

  TestImport skippingBad() {
    skipBad = true;
    return this;
  }

  TestImport as(Format named) {
    format = named;
    return this;
  }

  Path out() {
    return folder.resolve("corpus.parquet");
  }

  ImportSummary run() {
    return CorpusImport.run(
        new ImportOptions(
            files,
            out(),
            format,
            new CharacterTokenizer(),
            lengthsOnly,
            skipBad,
            blockTokens,
            mostRows,
            mostRecordBytes,
            filter,
            key),
        new ByteArrayInputStream(standardInput),
        ImportProgress.NONE);
  }

  /** Runs it and reads what it made. */
  List<CorpusRow> rows() {
    run();
    return read();
  }

  List<CorpusRow> read() {
    List<CorpusRow> rows = new ArrayList<>();
    Corpus.existing(out()).forEach(rows::add);
    return rows;
  }

  /** Session, turn, what it comes after and for how long, arrival, in milliseconds. */
  static String place(CorpusRow row) {
    return "%d.%d after %s wait %s at %s"
        .formatted(
            row.session(),
            row.turn(),
            Arrays.toString(row.after()),
            millis(row.waitNanos()),
            millis(row.atNanos()));
  }

  private static String millis(long nanos) {
    return nanos == CorpusRow.NONE ? "?" : String.valueOf(nanos / 1_000_000);
  }

  /** Class, input, output, cached. */
  static String lengths(CorpusRow row) {
    return "%s %d %d %d"
        .formatted(row.requestClass(), row.inputTokens(), row.outputTokens(), row.cachedTokens());
  }
}
