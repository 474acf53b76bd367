package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.imports.CorpusImport;
import dev.candor.corpus.imports.ImportOptions;
import dev.candor.corpus.imports.ImportSummary;
import dev.candor.corpus.read.Format;
import dev.candor.corpus.read.TextFilter;
import dev.candor.corpus.scrub.FileScrub;
import dev.candor.scrub.Scrubber;
import dev.candor.token.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor corpus import}. */
@Command(
    name = "import",
    description =
        "Makes a corpus of production traffic: request logs, exports of proxies and of tracing, published traces (docs/corpora.md).")
final class CorpusImportCommand implements Callable<Integer> {
  private static final String NOT_SCRUBBED =
      "texts were kept as they are (--no-scrub): hand the corpus to nobody who may not see them"
          + System.lineSeparator();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "What to read, gzip or not; - is standard input.")
  List<Path> files = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "CORPUS",
      description = "The corpus to write (Parquet). It is replaced where it exists.")
  @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "Of all files: openai, batch, sharegpt, litellm, langfuse, otel, lengths, azure, burstgpt, mooncake, bailian, weka, parquet. Default: what each one looks like.")
  @Nullable String format;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "Counts what the source has not counted: an encoding or a tokenizer.json. Default: ${DEFAULT-VALUE}.")
  String tokenizer = "o200k_base";

  @Option(names = "--lengths-only", description = "Keep no texts: lengths and prefixes alone.")
  boolean lengthsOnly;

  @Option(
      names = "--skip-bad",
      description = "Leave out records that cannot be used, and count them.")
  boolean skipBad;

  @Option(
      names = "--block-tokens",
      paramLabel = "N",
      description = "Tokens in a block of a prompt whose text is known. Default: ${DEFAULT-VALUE}.")
  int blockTokens = 16;

  @Option(names = "--limit", paramLabel = "N", description = "End after so many requests.")
  @Nullable Long limit;

  @Mixin final ScrubFlags scrub = new ScrubFlags();

  @Option(
      names = "--no-scrub",
      description = "Keep texts as they are: only for what holds no personal data and no secrets.")
  boolean asIs;

  @Option(
      names = "--verify",
      description = "Search the corpus afterwards; exit code 1 if anything is left.")
  boolean verify;

  @Option(names = "--quiet", description = "Print nothing but errors.")
  boolean quiet;

  @Option(names = "--json", description = "Print the summary as JSON.")
  boolean json;

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw CandorException.user("--limit: found %d, must be at least 1".formatted(limit));
    }
    if (files.stream().filter(file -> file.toString().equals("-")).count() > 1) {
      throw CandorException.user("FILE: found - twice; standard input can be read once");
    }
    if (asIs && (scrub.rules != null || scrub.keyFile != null || verify)) {
      throw CandorException.user(
          "--no-scrub: stands beside --rules, --key-file or --verify; keep one of them");
    }
    ScrubKey scrubKey = scrub.key();
    Scrubber scrubber = scrub.scrubber(scrubKey);
    ImportOptions options =
        new ImportOptions(
            files,
            Objects.requireNonNull(out),
            format == null ? null : Format.ofKey(format),
            Tokenizers.open(tokenizer),
            lengthsOnly,
            skipBad,
            MockCommand.atLeast("--block-tokens", blockTokens, 1),
            limit == null ? 0 : limit,
            ImportOptions.MOST_RECORD_BYTES,
            asIs ? TextFilter.NONE : scrubber::scrub,
            key());
    ImportSummary summary;
    ImportScreen screen = ImportScreen.on(System.err, !quiet && !json);
    try {
      summary = CorpusImport.run(options, System.in, screen::show);
    } finally {
      screen.end();
    }
    FileScrub.@Nullable Search search =
        verify ? new FileScrub(scrubber).search(options.out()) : null;
    ScrubFigures figures =
        new ScrubFigures(scrubber.report(), !asIs && !lengthsOnly, scrubKey.kept(), search);
    if (json) {
      System.out.println(ImportReport.json(summary, options.out(), figures));
    } else if (!quiet) {
      System.out.print(ImportReport.text(summary, options.out()));
      System.out.print(asIs && summary.rowsWithTexts() > 0 ? NOT_SCRUBBED : figures.text(false));
    } else {
      System.out.print(figures.text(true));
    }
    System.out.flush();
    return search != null && search.found() > 0 ? ExitCode.SOMETHING_LEFT : ExitCode.OK;
  }

  /** Of the fingerprints: nobody is to find out which texts were read by guessing them. */
  private static Seed key() {
    UUID random = UUID.randomUUID();
    return new Seed(random.getMostSignificantBits()).derive(random.getLeastSignificantBits());
  }
}
