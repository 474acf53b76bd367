package dev.candor.corpus.imports;

import dev.candor.base.random.Seed;
import dev.candor.corpus.read.Format;
import dev.candor.corpus.read.TextFilter;
import dev.candor.token.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to make a corpus of, and how.
 *
 * @param files {@code -} is standard input
 * @param format of all of them; null where it is to be found out of each
 * @param tokenizer counts what the source has not counted, and cuts prompts into blocks
 * @param lengthsOnly whether to keep no text
 * @param skipBad whether to leave out records that cannot be used, else the first one ends the
 *     import
 * @param blockTokens tokens a block of prompts whose texts are known
 * @param mostRows after which it ends; 0: none
 * @param mostRecordBytes a longer record is bad; it is never held in memory
 * @param filter of every text, before anything else sees it
 * @param key of this import's fingerprints; has to be one that nobody can guess
 */
public record ImportOptions(
    List<Path> files,
    Path out,
    @Nullable Format format,
    Tokenizer tokenizer,
    boolean lengthsOnly,
    boolean skipBad,
    int blockTokens,
    long mostRows,
    int mostRecordBytes,
    TextFilter filter,
    Seed key) {

  /** The bound of {@code mostRecordBytes} that the command uses. */
  public static final int MOST_RECORD_BYTES = 64 << 20;

  public ImportOptions {
    files = List.copyOf(files);
  }
}
