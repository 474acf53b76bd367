package dev.candor.corpus.scrub;

import dev.candor.base.error.CandorException;
import dev.candor.scrub.Scrubber;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Scrubs a file, or says where a file still has something. <b>For one thread.</b> */
public final class FileScrub {
  private final Scrubber scrubber;

  public FileScrub(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  /**
   * What was found by a search.
   *
   * @param places the first thousand
   * @param found all of them
   */
  public record Search(List<Place> places, long found) {}

  /** What a file holds, by the ending of its name. */
  private enum Format {
    CORPUS,
    JSON,
    TABLE,
    TEXT;

    static Format of(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      return switch (bare.substring(bare.lastIndexOf('.') + 1)) {
        case "parquet" -> CORPUS;
        case "json", "jsonl", "ndjson" -> JSON;
        case "csv", "tsv" -> TABLE;
        default -> TEXT;
      };
    }
  }

  /**
   * Writes {@code in}, scrubbed, to {@code out}, which appears when it is complete.
   *
   * @throws CandorException where the input is not what its name says, with file and line
   */
  public void scrub(Path in, Path out) {
    requireFile(in);
    Format format = Format.of(in);
    requireOther(in, out);
    if ((format == Format.CORPUS) != (Format.of(out) == Format.CORPUS)) {
      throw CandorException.user(
          "--out: found %s, must end with .parquet as %s does, or neither"
              .formatted(out, in.getFileName()));
    }
    Path unfinished = out.resolveSibling("." + out.getFileName() + ".unfinished");
    try {
      Path parent = out.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        write(in, format, unfinished, out.toString().endsWith(".gz"));
        Files.move(
            unfinished, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw CandorException.user("%s: cannot be written: %s".formatted(out, e.getMessage()));
    }
  }

  private void write(Path in, Format format, Path unfinished, boolean gzip) throws IOException {
    Treatment treatment = new Replacing(scrubber);
    if (format == Format.CORPUS) {
      new CorpusPass(in, treatment).run(unfinished);
      return;
    }
    try (OutputStream file = Files.newOutputStream(unfinished);
        OutputStream bytes = gzip ? new GZIPOutputStream(file, 1 << 16) : file;
        Writer out =
            new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16)) {
      pass(in, format, out, treatment);
    }
  }

  /**
   * Where {@code file} still has something that is no pseudonym.
   *
   * @throws CandorException where the file is not what its name says, with file and line
   */
  public Search search(Path file) {
    requireFile(file);
    Searching searching = new Searching(scrubber, file.toString());
    Format format = Format.of(file);
    if (format == Format.CORPUS) {
      new CorpusPass(file, searching).search();
    } else {
      try {
        pass(file, format, Writer.nullWriter(), searching);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Search(List.copyOf(searching.places()), searching.found());
  }

  private static void pass(Path in, Format format, Writer out, Treatment treatment)
      throws IOException {
    try (SourceText source = SourceText.open(in)) {
      switch (format) {
        case JSON -> new JsonPass(source, out, treatment).run();
        case TABLE -> new CsvPass(source, out, treatment, separator(in)).run();
        case TEXT -> new PlainTextPass(source, out, treatment).run();
        case CORPUS -> throw new IllegalStateException("not by characters");
      }
    }
  }

  /** What stands most often in the first line, outside of quotes. */
  private static char separator(Path file) throws IOException {
    int[] counts = new int[128];
    try (SourceText source = SourceText.open(file)) {
      boolean quoted = false;
      for (int c = source.next(); c >= 0 && (quoted || c != '\n'); c = source.next()) {
        quoted ^= c == '"';
        counts[c < 128 && !quoted ? c : 0]++;
      }
    }
    char most = ',';
    for (char c : new char[] {';', '\t'}) {
      most = counts[c] > counts[most] ? c : most;
    }
    return most;
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw CandorException.user("%s: there is no such file".formatted(file));
    }
  }

  private static void requireOther(Path in, Path out) {
    try {
      if (Files.exists(out) && Files.isSameFile(in, out)) {
        throw CandorException.user(
            "--out: found %s, which is the input; name another file".formatted(out));
      }
      if (Files.isDirectory(out)) {
        throw CandorException.user(
            "--out: found %s, which is a folder; name a file".formatted(out));
      }
    } catch (IOException e) {
      throw CandorException.user("%s: cannot be read: %s".formatted(out, e.getMessage()));
    }
  }
}
