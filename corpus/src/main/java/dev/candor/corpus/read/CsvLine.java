package dev.candor.corpus.read;

import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated values (RFC 4180, but for values of several lines). */
final class CsvLine {
  private CsvLine() {}

  static List<String> values(String line, char separator) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    int length = line.endsWith("\r") ? line.length() - 1 : line.length();
    for (int i = 0; i < length; i++) {
      char next = line.charAt(i);
      if (next == '"') {
        if (quoted && i + 1 < length && line.charAt(i + 1) == '"') {
          value.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (next == separator && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(next);
      }
    }
    values.add(value.toString());
    return values;
  }

  /** What separates the names of a table: a semicolon or a tab where there is no comma. */
  static char separator(String header) {
    return header.indexOf(',') >= 0 ? ',' : header.indexOf(';') >= 0 ? ';' : '\t';
  }
}
