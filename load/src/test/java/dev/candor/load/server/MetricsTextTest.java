package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTextTest {
  private static List<String> read(String text) {
    List<String> read = new ArrayList<>();
    MetricsText.read(
        text,
        name -> !name.startsWith("other"),
        (name, labels, value) -> read.add(name + labels + value));
    return read;
  }

  @Test
  void read_prometheusText_hasLabelsWithEscapes_timestampsAndAnySpace() {
    String page =
        """
        # HELP a A counter.
        # TYPE a counter
        a 1
        other{x="y"} 5
        a{l="a b} c",m="q\\"\\\\\\n"} 2.5e3 1700000000000
          a { l = "x" , } \t -3
        a{} 4\r
        a_bucket{le="+Inf"} 7
        """;
    assertThat(read(page))
        .containsExactly(
            "a{}1.0",
            "a{l=a b} c, m=q\"\\\n}2500.0",
            "a{l=x}-3.0",
            "a{}4.0",
            "a_bucket{le=+Inf}7.0");
  }

  @Test
  void read_openMetrics_hasExemplars_quotedNames_andAnEnd() {
    String page =
        """
        # TYPE a counter
        a_total{l="x"} 17 1.5 # {trace_id="a} b"} 0.67 1520879607.789
        {"a.b", l="x"} 3
        # EOF
        a 9
        """;
    assertThat(read(page)).containsExactly("a_total{l=x}17.0", "a.b{l=x}3.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a{l=\"x\"}",
        "a{l=\"x\" 1",
        "a{l=\"x",
        "a{l=x} 1",
        "a{l} 1",
        "a{=\"x\"} 1",
        "a{\"x\" \"y\"} 1",
        "a x",
        "a 1d",
        "a 0x1p3",
        "a Infinity",
        "{} 1",
        "<html>a</html>",
      })
  void read_brokenLine_isPassedOver_andTheNextRead(String line) {
    assertThat(read(line + "\na 5")).containsExactly("a{}5.0");
  }

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "+Inf, Infinity", "-Inf, -Infinity", "1e-3, 0.001", "-0.5, -0.5"})
  void number_isAsTheFormatHasIt(String text, Double value) {
    assertThat(MetricsText.number(text)).isEqualTo(value);
  }

  @Test
  void read_aLabelWithoutEnd_isNotKept() {
    String page = "a{l=\"" + "x".repeat(100_000) + "\"} 1";
    assertThat(read(page).getFirst()).hasSizeLessThan(2000);
  }
}
