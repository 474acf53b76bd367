package dev.candor.corpus.scrub;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON, one value or many one after another (JSON Lines). Texts are treated as what they say,
 * without their escapes, and as the values of their keys; all else stays as it stands, white space
 * included. <b>For one thread.</b>
 */
final class JsonPass {
  private static final int LONGEST = 16 << 20;
  private static final int DEEPEST = 1000;

  /** What may come next. */
  private enum Expected {
    ANYTHING,
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COLON,
    COMMA_OR_END
  }

  private final SourceText source;
  private final Writer out;
  private final Treatment treatment;

  /** The key of each open object or array, of an array the key that it stands at; "" for none. */
  private final List<String> keys = new ArrayList<>();

  private final List<Boolean> objects = new ArrayList<>();
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder decoded = new StringBuilder();
  private Expected expected = Expected.ANYTHING;
  private String key = "";

  JsonPass(SourceText source, Writer out, Treatment treatment) {
    this.source = source;
    this.out = out;
    this.treatment = treatment;
  }

  /**
   * @throws CandorException with file and line where it is no JSON
   */
  void run() throws IOException {
    for (int next = source.next(); next >= 0; next = source.next()) {
      char c = (char) next;
      switch (c) {
        case ' ', '\t', '\r', '\n', '\ufeff' -> out.write(c);
        case '{', '[' -> open(c);
        case '}', ']' -> close(c);
        case ',' -> comma();
        case ':' -> {
          require(expected == Expected.COLON, c);
          expected = Expected.VALUE;
          out.write(c);
        }
        case '"' -> string();
        default -> bare(c);
      }
    }
    if (expected != Expected.ANYTHING) {
      throw source.wrong("the JSON ends within a value; is the file cut off?");
    }
  }

  private void open(char c) throws IOException {
    requireValue(c);
    if (objects.size() == DEEPEST) {
      throw source.wrong("JSON is nested over %d deep".formatted(DEEPEST));
    }
    keys.add(key);
    objects.add(c == '{');
    expected = c == '{' ? Expected.KEY_OR_END : Expected.VALUE_OR_END;
    out.write(c);
  }

  private void close(char c) throws IOException {
    boolean object = c == '}';
    boolean right =
        !objects.isEmpty()
            && objects.getLast() == object
            && (expected == Expected.COMMA_OR_END
                || expected == (object ? Expected.KEY_OR_END : Expected.VALUE_OR_END));
    require(right, c);
    objects.removeLast();
    key = keys.removeLast();
    out.write(c);
    valueEnded();
  }

  private void comma() throws IOException {
    require(expected == Expected.COMMA_OR_END, ',');
    boolean object = objects.getLast();
    expected = object ? Expected.KEY : Expected.VALUE;
    out.write(',');
  }

  private void valueEnded() {
    expected = objects.isEmpty() ? Expected.ANYTHING : Expected.COMMA_OR_END;
    if (objects.isEmpty()) {
      key = "";
    }
  }

  private void requireValue(char c) {
    require(
        expected == Expected.ANYTHING
            || expected == Expected.VALUE
            || expected == Expected.VALUE_OR_END,
        c);
  }

  private void require(boolean right, char found) {
    if (!right) {
      String printed =
          found > ' ' && found < 127 ? "'" + found + "'" : "U+%04X".formatted((int) found);
      throw source.wrong("is not JSON: found %s where %s".formatted(printed, must()));
    }
  }

  private String must() {
    return switch (expected) {
      case ANYTHING -> "a value must begin";
      case VALUE -> "a value must stand";
      case VALUE_OR_END -> "a value or ']' must stand";
      case KEY -> "a key in quotes must stand";
      case KEY_OR_END -> "a key in quotes or '}' must stand";
      case COLON -> "':' must stand";
      case COMMA_OR_END -> "',' or the end must stand";
    };
  }

  private void string() throws IOException {
    boolean isKey = expected == Expected.KEY || expected == Expected.KEY_OR_END;
    if (!isKey) {
      requireValue('"');
    }
    long line = source.line();
    boolean ascii = read();
    String text = decoded.toString();
    String treated = isKey ? treatment.text("", text, line) : treatment.field(key, text, line);
    out.write('"');
    if (treated.equals(text)) {
      out.append(raw);
    } else {
      encode(treated, ascii);
    }
    out.write('"');
    if (isKey) {
      key = text.length() > 64 ? "" : text;
      expected = Expected.COLON;
    } else {
      valueEnded();
    }
  }

  /** Reads up to the closing quote; whether all that stands there is ASCII. */
  private boolean read() {
    raw.setLength(0);
    decoded.setLength(0);
    boolean ascii = true;
    while (true) {
      int next = source.next();
      if (next < 0) {
        throw source.wrong("the JSON ends within a text; is the file cut off?");
      }
      char c = (char) next;
      if (c == '"') {
        return ascii;
      }
      if (c < ' ') {
        throw source.wrong(
            "is not JSON: a text has a bare U+%04X, must be escaped".formatted((int) c));
      }
      if (raw.length() >= LONGEST) {
        throw source.wrong(
            "has a text of over %d characters, at most these are scrubbed at once"
                .formatted(LONGEST));
      }
      ascii &= c < 128;
      raw.append(c);
      decoded.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    int next = source.next();
    raw.append((char) Math.max(next, 0));
    return switch (next) {
      case '"', '\\', '/' -> (char) next;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int value = 0;
        for (int i = 0; i < 4; i++) {
          int digit = source.next();
          raw.append((char) Math.max(digit, 0));
          if (Character.digit(digit, 16) < 0) {
            throw source.wrong("is not JSON: \\u needs four hexadecimal digits");
          }
          value = 16 * value + Character.digit(digit, 16);
        }
        yield (char) value;
      }
      default -> throw source.wrong("is not JSON: a text has an unknown escape");
    };
  }

  private void encode(String text, boolean ascii) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> {
          out.write('\\');
          out.write(c);
        }
        case '\n' -> out.write("\\n");
        case '\r' -> out.write("\\r");
        case '\t' -> out.write("\\t");
        default -> {
          if (c < ' ' || (c > 126 && ascii)) {
            out.write("\\u%04x".formatted((int) c));
          } else {
            out.write(c);
          }
        }
      }
    }
  }

  /** A number, true, false or null. */
  private void bare(char first) throws IOException {
    requireValue(first);
    long line = source.line();
    raw.setLength(0);
    raw.append(first);
    while (raw.length() < 400 && bare(source.peek())) {
      raw.append((char) source.next());
    }
    String token = raw.toString();
    if (token.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      out.write(number(token, line));
    } else {
      require(
          token.equals("true") || token.equals("false") || token.equals("null"), token.charAt(0));
      out.write(token);
    }
    valueEnded();
  }

  private static boolean bare(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '-'
        || c == '+';
  }

  /** A card's number is one without quotes too; what replaces it stays a number where it can. */
  private String number(String token, long line) {
    if (token.length() < 4 || token.charAt(0) == '-' || token.indexOf('.') >= 0) {
      return token;
    }
    String treated = treatment.field(key, token, line);
    return treated.matches("[1-9][0-9]*") || treated.equals(token)
        ? treated
        : "\"" + treated + "\"";
  }
}
