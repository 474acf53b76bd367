package dev.candor.corpus.imports;

import dev.candor.corpus.read.SourceRequest;

/**
 * Where a staged row lies, and what tells its conversation. Hashes under the import's key stand for
 * ids and texts; 0 is none.
 *
 * @param sequence number of the row as it came
 * @param startNanos {@link SourceRequest#UNKNOWN_TIME} where unknown
 * @param session of the row, where the source says it
 * @param histories by which it is found, and finds the request that it continues, where not
 */
record IndexEntry(
    long sequence, long place, long startNanos, long endNanos, long session, Histories histories) {}
