package dev.candor.corpus.scrub;

import java.io.IOException;
import java.io.Writer;

/**
 * A text as it stands, in blocks that end with a line where that is possible, and never within a
 * value or a private key. <b>For one thread.</b>
 */
final class PlainTextPass {
  private static final int BLOCK = 1 << 16;
  private static final int LONGEST_KEY = 1 << 16;

  /** What a block sees of the one before it. */
  private static final int CONTEXT = 256;

  private final SourceText source;
  private final Writer out;
  private final Treatment treatment;

  PlainTextPass(SourceText source, Writer out, Treatment treatment) {
    this.source = source;
    this.out = out;
    this.treatment = treatment;
  }

  void run() throws IOException {
    StringBuilder waiting = new StringBuilder();
    String before = "";
    long line = 1;
    boolean more = true;
    while (more || !waiting.isEmpty()) {
      while (more && waiting.length() < 2 * BLOCK + LONGEST_KEY) {
        more = source.append(waiting);
      }
      String text = waiting.toString();
      int end = more ? end(text) : text.length();
      String block = text.substring(0, end);
      out.write(treatment.text(before, block, line));
      line += block.chars().filter(c -> c == '\n').count();
      before = block.substring(Math.max(0, block.length() - CONTEXT));
      waiting.delete(0, end);
    }
  }

  /** Where the block ends, at least one character on. */
  private int end(String text) {
    int at = text.lastIndexOf('\n', BLOCK) + 1;
    if (at == 0) {
      at = Math.max(text.lastIndexOf(' ', BLOCK), 0);
    }
    at = at == 0 ? BLOCK : at;
    int begin = text.lastIndexOf("-----BEGIN ", at);
    boolean open = begin >= 0 && text.indexOf("-----END", begin) >= at;
    boolean cutOff = begin >= 0 && text.indexOf("-----END", begin) < 0;
    if (open || (cutOff && at - begin < LONGEST_KEY)) {
      at = begin > 0 ? begin : Math.min(text.length(), LONGEST_KEY + BLOCK);
    }
    int cut = treatment.cut(text, at);
    return cut > 0 ? cut : at;
  }
}
