package dev.candor.report.html;

/** HTML text, safe whatever a scenario or a server says. */
final class Html {
  private Html() {}

  /** {@code text} as text: in an element or in a quoted attribute. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> {
          if (turnsText(c)) {
            safe.append("[U+%04X]".formatted((int) c));
          } else {
            safe.append(c < ' ' && c != '\n' && c != '\t' ? '?' : c);
          }
        }
      }
    }
    return safe.toString();
  }

  /** Unicode's controls of direction: one in a name turns around what stands after it. */
  private static boolean turnsText(char c) {
    return c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
