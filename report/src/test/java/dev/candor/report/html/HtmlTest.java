package dev.candor.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTest {

  @Test
  void escape_markup_isText() {
    assertThat(Html.escape("<b title=\"a\" id='b'>&amp;\u0007"))
        .isEqualTo("&lt;b title=&quot;a&quot; id=&#39;b&#39;&gt;&amp;amp;?");
  }

  @Test
  void escape_controlsOfDirection_areShown() {
    assertThat(Html.escape("gpt\u202e4\u2066x\u200f")).isEqualTo("gpt[U+202E]4[U+2066]x[U+200F]");
  }
}
