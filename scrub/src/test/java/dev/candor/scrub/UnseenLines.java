package dev.candor.scrub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that a person wrote, of the irregular kinds that templates do not have. */
final class UnseenLines {
  private static final Pattern MARKED = Pattern.compile("\\[\\[([a-z-]+)\\|(.*?)]]");

  private UnseenLines() {}

  static List<LabelledLines.Line> read() {
    try (InputStream bytes =
        Objects.requireNonNull(UnseenLines.class.getResourceAsStream("unseen.txt"))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .map(line -> labelled(line.replace("\\n", "\n")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabelledLines.Line labelled(String marked) {
    StringBuilder text = new StringBuilder();
    List<LabelledLines.Label> labels = new ArrayList<>();
    Matcher matcher = MARKED.matcher(marked);
    while (matcher.find()) {
      matcher.appendReplacement(text, "");
      int start = text.length();
      text.append(matcher.group(2));
      labels.add(new LabelledLines.Label(Kind.ofLabel(matcher.group(1)), start, text.length()));
    }
    return new LabelledLines.Line(matcher.appendTail(text).toString(), labels);
  }
}
