package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.scrub.FileScrub;
import dev.candor.scrub.Scrubber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor corpus scrub}. */
@Command(
    name = "scrub",
    description =
        "Puts consistent pseudonyms in the place of personal data and secrets (docs/scrubbing.md).")
final class CorpusScrubCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "IN",
      description = "Text, JSON, JSON Lines or CSV, gzip or not, or a corpus (.parquet).")
  @Nullable Path in;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description =
          "What is written; with gzip where it ends with .gz. None with --verify: search.")
  @Nullable Path out;

  @Mixin final ScrubFlags flags = new ScrubFlags();

  @Option(
      names = "--verify",
      description =
          "Search what was written, or IN without --out; exit code 1 if anything is left.")
  boolean verify;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the counts as JSON.")
  @Nullable Path report;

  @Option(names = "--quiet", description = "Print only what is left.")
  boolean quiet;

  @Option(
      names = "--json",
      description = "Print the report as JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    Path input = Objects.requireNonNull(in);
    if (out == null && !verify) {
      throw CandorException.user(
          "--out: is missing; name the file to write, or --verify to search");
    }
    ScrubKey key = flags.key();
    Scrubber scrubber = flags.scrubber(key);
    FileScrub files = new FileScrub(scrubber);
    if (out != null) {
      files.scrub(input, out);
    }
    FileScrub.@Nullable Search search = verify ? files.search(out == null ? input : out) : null;
    ScrubFigures figures = new ScrubFigures(scrubber.report(), out != null, key.kept(), search);
    if (report != null) {
      write(report, figures.json());
    }
    if (json) {
      System.out.println(figures.json());
    } else {
      System.out.print(figures.text(quiet));
    }
    return search != null && search.found() > 0 ? ExitCode.SOMETHING_LEFT : ExitCode.OK;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text + System.lineSeparator());
    } catch (IOException e) {
      throw CandorException.user(
          "--report: %s: cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
