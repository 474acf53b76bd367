package dev.candor.corpus.sample;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.random.Seed;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * A part of a corpus that looks like all of it: whole sessions, with their lengths, their turns and
 * the beginnings that they share.
 *
 * @param sessions that were kept, of {@code allSessions}
 * @param requests that were kept, of {@code allRequests}
 */
public record Sample(long sessions, long allSessions, long requests, long allRequests) {
  private static final int MOST_TOGETHER = 64;

  /** How much is kept. */
  public enum Of {
    REQUESTS,
    SESSIONS
  }

  /**
   * Writes a sample of {@code corpus} to {@code out}.
   *
   * @param count how many to keep, about; sessions are never cut, and those that share a beginning
   *     that few have stay together
   * @throws CandorException where the corpus has no more than that
   */
  public static Sample write(Corpus corpus, Path out, Of of, long count, Seed seed) {
    if (sameFile(corpus.file(), out)) {
      throw CandorException.user("%s: is the corpus itself; name another file".formatted(out));
    }
    PrefixSketch sketch = new PrefixSketch();
    corpus.forEachWithoutTexts(
        row -> {
          if (row.turn() == 0) {
            sketch.add(row.blocks());
          }
        });
    int together = Math.clamp(count / 20, 1, MOST_TOGETHER);
    SessionTable table = new SessionTable(sketch, together);
    corpus.forEachWithoutTexts(table::add);
    long all = of == Of.REQUESTS ? table.requests() : table.sessions();
    if (count >= all) {
      throw CandorException.user(
          "%s: has %d %s, a sample must have fewer; asked for were %d"
              .formatted(corpus.file(), all, of == Of.REQUESTS ? "requests" : "sessions", count));
    }
    Units units = table.units();
    int[] chosen = Choice.of(units, (double) count / all, seed.derive("sample").stream());
    BitSet kept = units.sessionsOf(chosen);
    long requests = copy(corpus, out, kept);
    return new Sample(kept.cardinality(), table.sessions(), requests, table.requests());
  }

  private static boolean sameFile(Path a, Path b) {
    try {
      return Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  private static long copy(Corpus corpus, Path out, BitSet kept) {
    try (CorpusWriter writer = new CorpusWriter(out)) {
      Copy copy = new Copy(writer, kept);
      corpus.forEach(copy::add);
      writer.finish();
      return copy.requests;
    } catch (IOException | UncheckedIOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s cannot be written: %s".formatted(out, e.getMessage()), e);
    }
  }

  /** Sessions get new numbers without a gap, and times count from the sample's first. */
  private static final class Copy {
    private final CorpusWriter writer;
    private final BitSet kept;
    private long requests;
    private long before = -1;
    private long session = -1;
    private long firstNanos = CorpusRow.NONE;

    Copy(CorpusWriter writer, BitSet kept) {
      this.writer = writer;
      this.kept = kept;
    }

    void add(CorpusRow row) {
      if (!kept.get((int) row.session())) {
        return;
      }
      if (row.session() != before) {
        before = row.session();
        session++;
      }
      requests++;
      try {
        writer.append(renumbered(row));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private CorpusRow renumbered(CorpusRow row) {
      long at = row.atNanos();
      if (at != CorpusRow.NONE) {
        firstNanos = firstNanos == CorpusRow.NONE ? at : firstNanos;
        at -= firstNanos;
      }
      return new CorpusRow(
          session,
          row.turn(),
          row.after(),
          row.waitNanos(),
          at,
          row.requestClass(),
          row.inputTokens(),
          row.outputTokens(),
          row.cachedTokens(),
          row.blockTokens(),
          row.blocks(),
          row.messages(),
          row.answer(),
          row.source(),
          row.line());
    }
  }
}
