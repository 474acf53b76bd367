package dev.candor.engine.cluster;

/**
 * What became of the KV that had to move.
 *
 * @param started transfers that got their link
 * @param arrived those that have arrived
 * @param bytes of the started ones
 * @param waiting requests that wait for their link now
 * @param moving transfers under way now
 */
public record TransferState(long started, long arrived, long bytes, int waiting, int moving) {}
