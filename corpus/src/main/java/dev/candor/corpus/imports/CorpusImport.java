package dev.candor.corpus.imports;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.corpus.imports.ImportProgress.Step;
import dev.candor.corpus.read.BadRecord;
import dev.candor.corpus.read.ChatJson;
import dev.candor.corpus.read.Fingerprint;
import dev.candor.corpus.read.RecordSource;
import dev.candor.corpus.read.Requests;
import dev.candor.corpus.read.SourceRequest;
import dev.candor.corpus.read.Sources;
import dev.candor.corpus.read.TextFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes one corpus of the traffic in some files. For one thread, and once. */
public final class CorpusImport {
  private final ImportOptions options;
  private final ImportProgress progress;
  private final InputStream standardInput;
  private final Skipped skipped = new Skipped();
  private final List<ImportSummary.Source> read = new ArrayList<>();
  private final long totalBytes;
  private long records;
  private long passedOver;
  private long bytesBefore;

  private CorpusImport(ImportOptions options, InputStream standardInput, ImportProgress progress) {
    this.options = options;
    this.standardInput = standardInput;
    this.progress = progress;
    this.totalBytes = totalBytes(options.files());
  }

  /**
   * Reads the sources and writes the corpus, all of it or none.
   *
   * @throws CandorException where a source cannot be used, or the corpus not be written
   */
  public static ImportSummary run(
      ImportOptions options, InputStream standardInput, ImportProgress progress) {
    return new CorpusImport(options, standardInput, progress).run();
  }

  private static long totalBytes(List<Path> files) {
    long total = 0;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        return -1;
      }
      total += file.toFile().length();
    }
    return total;
  }

  private ImportSummary run() {
    Path folder = options.out().toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(options.out())) {
      throw CandorException.user(
          "--out: found %s, must be a file in a folder that exists".formatted(options.out()));
    }
    Fingerprint fingerprint = new Fingerprint(options.key().value());
    try (Scratch scratch = new Scratch(options.out());
        Stage stage = new Stage(options, fingerprint, scratch.path())) {
      ChatJson chat =
          new ChatJson(
              options.lengthsOnly() ? TextFilter.NONE : options.filter(), options.filter());
      Sources sources = new Sources(chat, fingerprint, options.mostRecordBytes());
      for (Path file : options.files()) {
        if (!full(stage)) {
          read(file, sources, stage);
        }
      }
      if (stage.count() == 0) {
        throw nothing();
      }
      stage.finish();
      return write(stage, fingerprint, scratch.path());
    } catch (IOException | UncheckedIOException | SQLException e) {
      throw new CandorException(
          ErrorCode.TARGET,
          "%s: cannot be written: %s; is the disk full? Make room there, or name another place with --out"
              .formatted(
                  options.out(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private boolean full(Stage stage) {
    return options.mostRows() > 0 && stage.count() >= options.mostRows();
  }

  private void read(Path file, Sources sources, Stage stage) throws IOException {
    boolean stdin = file.toString().equals("-");
    String name = stdin ? "stdin" : file.toString();
    try (RecordSource source =
        stdin
            ? sources.open(name, standardInput, options.format())
            : sources.open(file, options.format())) {
      int number = read.size();
      Path last = file.getFileName();
      read.add(
          new ImportSummary.Source(
              stdin || last == null ? name : last.toString(), source.format()));
      Taker taker = new Taker(name, source, stage, number);
      boolean more = true;
      while (more && !full(stage)) {
        try {
          more = source.next(taker);
        } catch (BadRecord e) {
          taker.bad(e);
        }
        records += more ? 1 : 0;
        progress.at(Step.READING, records, bytesBefore + source.bytesRead(), totalBytes);
      }
      bytesBefore += source.bytesRead();
    }
  }

  /** Stages what a source has, or says what is wrong with it. */
  private final class Taker implements Requests {
    private final String name;
    private final RecordSource source;
    private final Stage stage;
    private final int number;

    Taker(String name, RecordSource source, Stage stage, int number) {
      this.name = name;
      this.source = source;
      this.stage = stage;
      this.number = number;
    }

    @Override
    public void accept(SourceRequest request) {
      if (full(stage)) {
        return;
      }
      try {
        stage.add(request, number, source.line());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void bad(BadRecord problem) {
      String place = name + ":" + (source.line() + problem.lineInRecord());
      if (!options.skipBad()) {
        throw CandorException.user(place + ": " + problem.getMessage());
      }
      skipped.add(problem.reason(), place);
    }

    @Override
    public void passOver() {
      passedOver++;
    }
  }

  private CandorException nothing() {
    String files = options.files().stream().map(Path::toString).collect(Collectors.joining(", "));
    String why =
        skipped.all().stream()
            .map(each -> each.count() + " skipped for " + each.reason().words())
            .collect(Collectors.joining(", "));
    return CandorException.user(
        "%s: found no request that can be used%s%s, must have at least one"
            .formatted(
                files,
                why.isEmpty() ? "" : " (" + why + ")",
                passedOver == 0 ? "" : " (" + passedOver + " records are no requests)"));
  }

  private ImportSummary write(Stage stage, Fingerprint fingerprint, Path scratch)
      throws IOException, SQLException {
    progress.at(Step.ORDERING, stage.count(), bytesBefore, totalBytes);
    Path ordered = scratch.resolve("ordered.parquet");
    Totals totals;
    try (Index resolved = new Index(scratch.resolve("resolved.parquet"), scratch, Index.RESOLVED)) {
      new Conversations(fingerprint).resolve(stage.index(), stage.linked(), resolved);
      resolved.finish();
      totals =
          new OrderedCorpus(stage, read.stream().map(ImportSummary.Source::name).toList())
              .write(
                  resolved,
                  ordered,
                  rows -> progress.at(Step.WRITING, rows, bytesBefore, totalBytes));
    }
    Path packed = scratch.resolve("corpus.parquet");
    OrderedCorpus.compress(ordered, packed, scratch);
    Files.move(
        packed, options.out(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new ImportSummary(
        List.copyOf(read),
        totals.rows,
        totals.sessions,
        totals.mostTurns,
        totals.inputTokens,
        totals.outputTokens,
        totals.withoutOutput,
        totals.withoutArrival,
        totals.spanNanos,
        totals.rowsWithTexts,
        totals.blockTokens(),
        bytesBefore,
        skipped.all(),
        passedOver);
  }
}
