package dev.candor.corpus.scrub;

import dev.candor.base.error.CandorException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The characters of a file, gzip or not, one after another, with the number of the line. <b>For one
 * thread.</b>
 */
final class SourceText implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Reader reader;
  private final char[] buffer = new char[BUFFER];
  private int position;
  private int filled;
  private long line = 1;

  private SourceText(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  static SourceText open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      bytes.mark(2);
      boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      InputStream plain = gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
      return new SourceText(
          file,
          new InputStreamReader(
              plain,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)));
    } catch (IOException e) {
      bytes.close();
      throw CandorException.user("%s: is no whole gzip file: %s".formatted(file, e.getMessage()));
    }
  }

  /** The text {@code content} of a corpus's row. */
  static SourceText of(Path file, long row, String content) {
    SourceText text = new SourceText(file, new StringReader(content));
    text.line = row;
    return text;
  }

  /** The next character, -1 at the end. */
  int next() {
    if (position == filled && !fill()) {
      return -1;
    }
    char c = buffer[position++];
    line += c == '\n' ? 1 : 0;
    return c;
  }

  /** The character that {@link #next} would give. */
  int peek() {
    return position == filled && !fill() ? -1 : buffer[position];
  }

  /** Appends as much as is at hand; false at the end. */
  boolean append(StringBuilder text) {
    if (position == filled && !fill()) {
      return false;
    }
    text.append(buffer, position, filled - position);
    position = filled;
    return true;
  }

  /** The line on which the next character stands, of those that {@link #next} gave. */
  long line() {
    return line;
  }

  CandorException wrong(String what) {
    return CandorException.user("%s:%d: %s".formatted(file, line, what));
  }

  private boolean fill() {
    try {
      filled = Math.max(0, reader.read(buffer, 0, BUFFER));
      position = 0;
      return filled > 0;
    } catch (CharacterCodingException e) {
      throw wrong("what follows is not UTF-8 text; convert the file, with iconv for instance");
    } catch (IOException e) {
      throw wrong("cannot be read on: %s".formatted(e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
