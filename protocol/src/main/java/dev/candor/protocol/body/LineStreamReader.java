package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.json.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that comes as a JSON text a line (NDJSON). <b>For one thread; reusable through
 * {@link #reset}.</b> Blank lines are keep-alives; the last line needs no line feed.
 */
public final class LineStreamReader implements ResponseReader {
  public static final int DEFAULT_LINE_LIMIT = 1 << 20;

  private final Frames frames;
  private final BodyBuffer line;
  private final int lineLimit;
  private final byte @Nullable [] endLine;
  private final boolean endsWithBody;
  private boolean stopped;

  /** Of lines that are JSON. */
  public LineStreamReader(FrameScanner scanner, EndMark end) {
    this(scanner, end, DEFAULT_LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes, that is read
   */
  public LineStreamReader(FrameScanner scanner, EndMark end, int lineLimit) {
    this(new JsonFrames(scanner, "a line"), end, lineLimit);
  }

  private LineStreamReader(Frames frames, EndMark end, int lineLimit) {
    this.frames = frames;
    line = new BodyBuffer(lineLimit);
    this.lineLimit = lineLimit;
    endLine = end.frame() == null ? null : end.frame().getBytes(StandardCharsets.UTF_8);
    endsWithBody = end.body();
  }

  /** Of lines that are text. */
  public static LineStreamReader ofText(EndMark end) {
    return new LineStreamReader(new TextFrames(), end, DEFAULT_LINE_LIMIT);
  }

  @Override
  public void reset() {
    frames.reset();
    line.clear();
    stopped = false;
  }

  @Override
  public boolean read(byte[] bytes, int offset, int length, ResponseListener listener) {
    int end = offset + length;
    int start = offset;
    while (!stopped && start < end) {
      if (line.length() == 0) {
        int limit = (int) Math.min(end, (long) start + lineLimit);
        start = frames.tellKnown(bytes, start, limit, listener);
      }
      int stop = lineFeed(bytes, start, end);
      if (stop - start > lineLimit - line.length()) {
        stopped = true;
        listener.onOversized("a line of over " + lineLimit + " bytes without an end");
      } else if (stop == end) {
        line.add(bytes, start, end - start);
        start = end;
      } else {
        stopped = !complete(bytes, start, stop, listener);
        start = stop + 1;
      }
    }
    return !stopped;
  }

  private static int lineFeed(byte[] bytes, int from, int end) {
    int stop = Words.lineEnd(bytes, from, end);
    while (stop < end && bytes[stop] != '\n') {
      stop = Words.lineEnd(bytes, stop + 1, end);
    }
    return stop;
  }

  private boolean complete(byte[] bytes, int from, int to, ResponseListener listener) {
    if (line.length() > 0) {
      line.add(bytes, from, to - from);
      boolean more = readLine(line.bytes(), 0, line.length(), listener);
      line.clear();
      return more;
    }
    boolean more = readLine(bytes, from, to, listener);
    if (more) {
      frames.learn(bytes, from, to + 1);
    }
    return more;
  }

  private boolean readLine(byte[] bytes, int from, int to, ResponseListener listener) {
    int start = BodyExcerpt.firstVisible(bytes, from, to);
    if (start == to) {
      return true;
    }
    int stop = bytes[to - 1] == '\r' ? to - 1 : to;
    if (endLine != null && Arrays.equals(bytes, start, stop, endLine, 0, endLine.length)) {
      listener.onDone();
      return false;
    }
    return frames.tell(bytes, start, stop - start, false, listener);
  }

  @Override
  public void end(ResponseListener listener) {
    boolean more = !stopped;
    if (more && line.length() > 0) {
      more = readLine(line.bytes(), 0, line.length(), listener);
    }
    if (more && endsWithBody) {
      listener.onDone();
    }
    stopped = true;
  }
}
