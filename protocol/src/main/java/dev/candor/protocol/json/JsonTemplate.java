package dev.candor.protocol.json;

import java.util.Arrays;

/** Recognises a frame that repeats the last one but for its text. <b>For one thread.</b> */
public final class JsonTemplate {
  /*
   * A server's chunks are equal byte for byte except for the text and for a few scalars that mean
   * nothing here (a sequence number, a time of day). So the frame read last, its text cut out, is
   * compared with the next one by Arrays.mismatch, which the JVM turns into vector instructions;
   * where they differ inside a scalar that was skipped, the new scalar is checked in its place and
   * the comparison goes on behind it. What matches has the tokens of the frame that was learned,
   * the text and skipped scalars apart, so a reader that walks over it token by token would do the
   * same as it did then. Two things must hold for that: the text is not empty, as its reader asks
   * that of a text, and nothing else was told of the frame that was learned.
   */
  private static final int LONGEST = 4096;
  private static final int NO_MATCH = -1;

  private final JsonScalars scalars = new JsonScalars(true);
  private final int[] starts = new int[17];
  private final int[] stops = new int[17];
  private final boolean[] strings = new boolean[17];
  private byte[] frame = new byte[512];
  private int length;
  private int holes;
  private int textStart;
  private int textStop;
  private int foundStart;
  private int foundStop;
  private int hole;

  /** Forgets what it learned. */
  public void forget() {
    length = 0;
  }

  /**
   * Learns a frame that had one text and nothing else to tell.
   *
   * @param json has just read it, from the same bytes
   * @param textFrom where its text begins, which is a string's whole content and not empty
   */
  public void learn(byte[] bytes, int from, int to, JsonCursor json, int textFrom, int textTo) {
    length = 0;
    // A tool call's arguments may be an object, which is text too, but no string.
    if (to - from > LONGEST || bytes[textTo] != '"') {
      return;
    }
    if (frame.length < to - from) {
      frame = new byte[Math.min(LONGEST, 2 * (to - from))];
    }
    System.arraycopy(bytes, from, frame, 0, to - from);
    textStart = textFrom - from;
    textStop = textTo - from;
    SkippedScalars skipped = json.skipped();
    holes = skipped.count();
    for (int i = 0; i < holes; i++) {
      starts[i] = skipped.start(i) - from;
      stops[i] = skipped.stop(i) - from;
      strings[i] = skipped.isString(i);
    }
    length = to - from;
  }

  /**
   * Whether a frame of the learned form begins at {@code from}.
   *
   * @return where it ends, no further than {@code to}; -1 if there is none
   */
  public int match(byte[] bytes, int from, int to) {
    if (length == 0) {
      return NO_MATCH;
    }
    hole = 0;
    int at = same(bytes, from, to, 0, textStart);
    if (at < 0) {
      return NO_MATCH;
    }
    int stop = Words.plainEnd(bytes, at, to);
    if (stop == to) {
      return NO_MATCH;
    }
    if (bytes[stop] != '"') {
      stop = scalarEnd(bytes, at, to, true);
      if (stop < 0) {
        return NO_MATCH;
      }
    }
    if (stop == at) {
      return NO_MATCH;
    }
    foundStart = at;
    foundStop = stop;
    return same(bytes, stop, to, textStop, length);
  }

  /** Where the text of the last match begins. */
  public int textStart() {
    return foundStart;
  }

  public int textStop() {
    return foundStop;
  }

  /** Compares with a stretch of the frame; where it ends in {@code bytes}, or -1. */
  private int same(byte[] bytes, int from, int to, int frameFrom, int frameTo) {
    int at = from;
    int known = frameFrom;
    while (true) {
      int end = Math.min(to, at + frameTo - known);
      int equal = Arrays.mismatch(frame, known, frameTo, bytes, at, end);
      if (equal < 0) {
        return end;
      }
      int differs = known + equal;
      while (hole < holes && stops[hole] < differs) {
        hole++;
      }
      if (hole == holes || starts[hole] > differs) {
        return NO_MATCH;
      }
      at = scalarEnd(bytes, at + starts[hole] - known, to, strings[hole]);
      if (at < 0) {
        return NO_MATCH;
      }
      known = stops[hole++];
    }
  }

  private int scalarEnd(byte[] bytes, int from, int to, boolean isString) {
    scalars.open(bytes, from, to);
    try {
      if (isString) {
        scalars.content();
      } else {
        scalars.number();
      }
      return scalars.stop();
    } catch (JsonSyntaxException e) {
      return NO_MATCH;
    }
  }
}
