package dev.candor.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Contrast by WCAG 2.2: relative luminance, 4.5 to 1 for text (1.4.3), 3 to 1 for graphics
 * (1.4.11).
 */
class HouseStyleTest {
  private static final Map<String, String> LIGHT = colours(":root {");
  private static final Map<String, String> DARK = colours(":root[data-theme=dark] {");

  @Test
  void text_hasContrast() {
    for (Map<String, String> theme : List.of(LIGHT, DARK)) {
      for (String name : List.of("ink", "soft", "good", "bad", "link")) {
        for (String ground : List.of("page", "card")) {
          assertThat(contrast(theme, name, ground))
              .as("%s on %s", name, ground)
              .isGreaterThanOrEqualTo(4.5);
        }
      }
    }
  }

  @Test
  void graphics_haveContrast() {
    List<String> names =
        Stream.of(
                IntStream.rangeClosed(1, 8).mapToObj("series-%d"::formatted),
                Stream.of("limited", "lost", "bracket", "warmup").map("span-%s"::formatted),
                Stream.of("held", "send", "prefill", "decode", "stall").map("part-%s"::formatted))
            .flatMap(stream -> stream)
            .toList();
    for (Map<String, String> theme : List.of(LIGHT, DARK)) {
      for (String name : names) {
        assertThat(contrast(theme, name, "page")).as(name).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void tokens_areSeenOnTheirBar() {
    for (Map<String, String> theme : List.of(LIGHT, DARK)) {
      assertThat(contrast(theme, "ink", "part-decode")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void heat_growsAwayFromThePage() {
    for (Map<String, String> theme : List.of(LIGHT, DARK)) {
      List<Double> steps =
          IntStream.rangeClosed(1, 7)
              .mapToObj(step -> contrast(theme, "heat-" + step, "page"))
              .toList();
      assertThat(steps).isSorted();
      assertThat(steps.getFirst()).as("one value is seen").isGreaterThanOrEqualTo(1.6);
    }
  }

  @Test
  void dark_isTheSameByChoiceAndByPreference() {
    assertThat(colours(":root:not([data-theme=light]) {")).isEqualTo(DARK);
    assertThat(DARK.keySet()).containsExactlyInAnyOrderElementsOf(LIGHT.keySet());
  }

  private static Map<String, String> colours(String block) {
    String css = PageAssets.styles();
    int start = css.indexOf(block);
    assertThat(start).as(block).isNotNegative();
    Matcher found =
        Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]+)")
            .matcher(css.substring(start, css.indexOf('}', start)));
    Map<String, String> colours = new LinkedHashMap<>();
    while (found.find()) {
      colours.put(found.group(1), found.group(2));
    }
    return colours;
  }

  private static double contrast(Map<String, String> theme, String one, String other) {
    double a = luminance(Objects.requireNonNull(theme.get(one), one));
    double b = luminance(Objects.requireNonNull(theme.get(other), other));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    int width = colour.length() < 7 ? 1 : 2;
    double[] rgb = new double[3];
    for (int i = 0; i < 3; i++) {
      String digits = colour.substring(1 + i * width, 1 + (i + 1) * width);
      double share = Integer.parseInt(width == 1 ? digits + digits : digits, 16) / 255.0;
      rgb[i] = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }
}
