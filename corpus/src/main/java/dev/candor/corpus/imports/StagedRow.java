package dev.candor.corpus.imports;

import dev.candor.corpus.CorpusRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a row before its conversation is: all but session, turn and arrival. */
record StagedRow(
    boolean ordered,
    int[] after,
    long waitNanos,
    String requestClass,
    int inputTokens,
    int outputTokens,
    int cachedTokens,
    int blockTokens,
    long[] blocks,
    @Nullable String messages,
    @Nullable String answer,
    int source,
    long line) {

  /*
   * ordered: the source itself says its turn, by its place, and after which turns it comes.
   */

  void write(DataOutputStream out) throws IOException {
    out.writeBoolean(ordered);
    out.writeInt(after.length);
    for (int turn : after) {
      out.writeInt(turn);
    }
    out.writeLong(waitNanos);
    write(out, requestClass);
    out.writeInt(inputTokens);
    out.writeInt(outputTokens);
    out.writeInt(cachedTokens);
    out.writeInt(blockTokens);
    out.writeInt(blocks.length);
    for (long block : blocks) {
      out.writeLong(block);
    }
    write(out, messages);
    write(out, answer);
    out.writeInt(source);
    out.writeLong(line);
  }

  static StagedRow read(DataInputStream in) throws IOException {
    boolean ordered = in.readBoolean();
    int[] after = new int[in.readInt()];
    for (int i = 0; i < after.length; i++) {
      after[i] = in.readInt();
    }
    long waitNanos = in.readLong();
    String requestClass = readText(in);
    int inputTokens = in.readInt();
    int outputTokens = in.readInt();
    int cachedTokens = in.readInt();
    int blockTokens = in.readInt();
    long[] blocks = new long[in.readInt()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = in.readLong();
    }
    String messages = readText(in);
    String answer = readText(in);
    return new StagedRow(
        ordered,
        after,
        waitNanos,
        requestClass == null ? "" : requestClass,
        inputTokens,
        outputTokens,
        cachedTokens,
        blockTokens,
        blocks,
        messages,
        answer,
        in.readInt(),
        in.readLong());
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] utf8 = new byte[length];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** This request with the answer that is all {@code other} has. */
  StagedRow answeredBy(StagedRow other) {
    int input = Math.max(1, other.inputTokens);
    return new StagedRow(
        ordered,
        after,
        waitNanos,
        requestClass,
        input,
        other.outputTokens,
        other.cachedTokens,
        blockTokens,
        blockTokens == 0
            ? blocks
            : Arrays.copyOf(blocks, Math.min(blocks.length, input / blockTokens)),
        messages,
        other.answer,
        source,
        line);
  }

  CorpusRow row(
      long session, int turn, int[] afterTurns, long waitedNanos, long atNanos, String sourceName) {
    return new CorpusRow(
        session,
        turn,
        afterTurns,
        waitedNanos,
        atNanos,
        requestClass,
        inputTokens,
        outputTokens,
        cachedTokens,
        blockTokens,
        blocks,
        messages,
        answer,
        sourceName,
        line);
  }
}
