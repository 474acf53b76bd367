package dev.candor.corpus.scrub;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Separated values, in quotes where needed (RFC 4180). The first row's cells name the columns, and
 * each cell is treated as the value of its column. <b>For one thread.</b>
 */
final class CsvPass {
  private static final int LONGEST = 16 << 20;

  private final SourceText source;
  private final Writer out;
  private final Treatment treatment;
  private final char separator;
  private final List<String> columns = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();

  CsvPass(SourceText source, Writer out, Treatment treatment, char separator) {
    this.source = source;
    this.out = out;
    this.treatment = treatment;
    this.separator = separator;
  }

  /**
   * @throws CandorException with file and line where a quote is never closed
   */
  void run() throws IOException {
    boolean header = true;
    int column = 0;
    while (source.peek() >= 0) {
      long line = source.line();
      boolean quoted = source.peek() == '"';
      read(quoted);
      String text = cell.toString();
      String name = column < columns.size() ? columns.get(column) : "";
      String treated = header ? treatment.text("", text, line) : treatment.field(name, text, line);
      write(treated, quoted);
      if (header) {
        columns.add(text);
      }
      column++;
      int end = source.next();
      if (end < 0) {
        return;
      }
      out.write(end);
      if (end == '\r' && source.peek() == '\n') {
        out.write(source.next());
      }
      if (end == '\n' || end == '\r') {
        header = false;
        column = 0;
      }
    }
  }

  private void read(boolean quoted) {
    cell.setLength(0);
    if (quoted) {
      source.next();
    }
    while (true) {
      int c = source.peek();
      if (quoted && c < 0) {
        throw source.wrong("the file ends within a cell in quotes; is it cut off?");
      }
      if (!quoted && (c < 0 || c == separator || c == '\n' || c == '\r')) {
        return;
      }
      source.next();
      if (quoted && c == '"') {
        if (source.peek() != '"') {
          break;
        }
        source.next();
      }
      if (cell.length() >= LONGEST) {
        throw source.wrong(
            "has a cell of over %d characters, at most these are scrubbed at once"
                .formatted(LONGEST));
      }
      cell.append((char) c);
    }
    int after = source.peek();
    if (after >= 0 && after != separator && after != '\n' && after != '\r') {
      throw source.wrong(
          "a cell in quotes goes on after its closing quote; a quote within it must be doubled");
    }
  }

  private void write(String text, boolean quoted) throws IOException {
    boolean needed =
        quoted || text.indexOf(separator) >= 0 || text.indexOf('"') == 0 || text.indexOf('\n') >= 0;
    out.write(needed ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
  }
}
