package dev.candor.corpus.imports;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.corpus.read.Fingerprint;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Finds the conversation of every row: the one that its source names, else that of the request that
 * it continues, else one of its own. For one thread.
 */
final class Conversations {
  /*
   * Rows come in the order of their arrival. Of each that others may continue, its fingerprints are
   * remembered; of a text that several have sent, the last one's. Where the answer is known as well,
   * that is looked for first: many conversations begin with the same words, few go on alike.
   */
  private static final int REMEMBERED = 1 << 20;

  private final RecentKeys known = new RecentKeys(REMEMBERED);
  private final long start;

  Conversations(Fingerprint fingerprint) {
    this.start = fingerprint.start("conversation");
  }

  /**
   * Reads {@code staged} and fills {@code resolved}.
   *
   * @param linked whether any row is to be found by its fingerprints
   */
  void resolve(Index staged, boolean linked, Index resolved) throws IOException, SQLException {
    staged.forEach(
        linked ? "%s i ORDER BY i.start_ns NULLS LAST, i.sequence" : "%s i",
        Index.STAGED,
        row -> resolve(row, resolved));
  }

  private void resolve(long[] row, Index resolved) throws IOException {
    long sequence = row[0];
    long session = row[4];
    long parent = UNKNOWN_TIME;
    if (session == 0) {
      if (find(row[8]) || find(row[7])) {
        session = known.first();
        parent = known.second();
      } else {
        session = Fingerprint.chain(start, sequence);
      }
      remember(row[5], session, sequence);
      remember(row[6], session, sequence);
    }
    resolved.add(sequence, row[1], row[2], row[3], session, parent);
  }

  private boolean find(long fingerprint) {
    return fingerprint != 0 && known.find(fingerprint);
  }

  private void remember(long fingerprint, long session, long sequence) {
    if (fingerprint != 0) {
      known.put(fingerprint, session, sequence);
    }
  }
}
