package dev.candor.corpus;

import org.jspecify.annotations.Nullable;

/**
 * One request of production traffic; a row of a corpus. Rows of a session follow each other in a
 * corpus, in the order of their turns; sessions follow each other by their first arrival where it
 * is known, else as in the source.
 *
 * @param session number of the conversation, from 0 without a gap
 * @param turn number of the request in it, from 0
 * @param after turns of the same session whose answers must be complete before this starts; empty:
 *     none, it starts with its session
 * @param waitNanos from there to its start: a user's think time, a tool's run time; {@link #NONE}
 *     where unknown
 * @param atNanos arrival, since the corpus's first; {@link #NONE} where unknown
 * @param requestClass what the source sorts requests by (a kind, a model), else the source's format
 * @param inputTokens of the whole prompt, history included; at least 1
 * @param outputTokens of the answer; {@link #NONE} where unknown
 * @param cachedTokens of the prompt, that the server says it had in its cache; {@link #NONE} where
 *     unknown
 * @param blockTokens tokens in each of {@code blocks}; 0 where there are none
 * @param blocks ids of the prompt's leading whole or last partial blocks; equal ids at the same
 *     place are equal prompts up to the end of that block (each id stands for all before it too)
 * @param messages the scrubbed prompt as a JSON array of OpenAI-style messages, or null where only
 *     lengths are kept
 * @param answer the scrubbed answer's text, or null where it is unknown or not kept
 * @param source file that it came from, without its folders
 * @param line in that file, from 1; for a format without lines the record's number
 */
public record CorpusRow(
    long session,
    int turn,
    int[] after,
    long waitNanos,
    long atNanos,
    String requestClass,
    int inputTokens,
    int outputTokens,
    int cachedTokens,
    int blockTokens,
    long[] blocks,
    @Nullable String messages,
    @Nullable String answer,
    String source,
    long line) {

  /** What nobody knows. */
  public static final int NONE = -1;
}
