package dev.candor.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.report.picture.Bars;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PictureJson;
import dev.candor.report.picture.PlotAxis;
import dev.candor.report.picture.Series;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PictureHtmlTest {
  private static final String ATTACK = "</script><script>alert(1)</script><!--";

  @Test
  void of_anyKind_hasTitleWhatToSeeDataAndRoom() {
    for (Picture picture : SamplePictures.all()) {
      String html = PictureHtml.of(picture);
      assertThat(html)
          .startsWith("<figure class=picture id=\"" + picture.id() + "\"")
          .contains("<p class=see>" + Html.escape(picture.see()) + "</p>", "<div class=\"plot ")
          .endsWith("</script></figure>\n");
    }
  }

  @Test
  void of_textOfStrangers_neverEndsAnElement() {
    String html = PictureHtml.of(named(ATTACK));
    assertThat(html).doesNotContain("<script>", "<!--").containsOnlyOnce("</script>");
  }

  @Test
  void of_textOfStrangers_isTheSameWhenRead() {
    String html = PictureHtml.of(named(ATTACK + "\u2028&\"'"));
    int start = html.indexOf("json\">") + "json\">".length();
    JsonNode read =
        JsonMapper.shared().readTree(html.substring(start, html.lastIndexOf("</script>")));
    assertThat(read)
        .isEqualTo(JsonMapper.shared().readTree(PictureJson.of(named(ATTACK + "\u2028&\"'"))));
  }

  @Test
  void of_waterfall_keepsRoomForItsRequests() {
    assertThat(PictureHtml.of(SamplePictures.waterfall())).contains("style=\"--rows:12\"");
  }

  private static Picture named(String text) {
    return new Picture(
        "bars",
        text,
        text,
        new Bars(
            PlotAxis.fromZero(text, text),
            List.of(text),
            List.of(new Series(text, List.of(1.0))),
            false));
  }
}
