package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each kind of picture, drawn. */
@ExtendWith(BrowserExtension.class)
final class PictureTest {
  private static final String HOSTILE =
      "</script><script>window.hurt=1</script><!--<script>"
          + "<img src=x onerror=window.hurt=2 data-hurt>{a|b}";

  @TempDir Path temp;

  private Visit samples(Visits visits, String name) throws IOException {
    return samples(visits, name, Device.LIGHT);
  }

  private Visit samples(Visits visits, String name, Device device) throws IOException {
    Visit visit = visits.offline(SamplePictures.page(temp, name), device);
    visit.scrollThrough();
    return visit;
  }

  @Test
  void picture_ofEachKind_isDrawnAndSaysWhatItIs(Visits visits) throws IOException {
    Visit visit = samples(visits, "sample");

    assertThat(visit.messages()).isEmpty();
    Pictures pictures = new Pictures(visit.page());
    assertThat(pictures.ids()).containsExactly("lines", "heat", "waterfall", "points", "bars");
    assertThat(pictures.notDrawn()).isEmpty();
    for (String id : pictures.ids()) {
      assertThat(visit.page().locator("#" + id + " [role=img]").getAttribute("aria-label"))
          .containsIgnoringCase(id + ": sample")
          .contains(", and sample");
    }
  }

  @Test
  void lines_drawn_haveTheirValuesAndTheirGap(Visits visits) throws IOException {
    JsonNode drawn = new Pictures(samples(visits, "sample").page()).drawn("lines");

    assertThat(points(drawn, "p50 sample"))
        .containsExactly("[0,11]", "[1,13.5]", "[2,null]", "[3,17.25]", "[4,19]");
    assertThat(points(drawn, "users sample"))
        .containsExactly("[0,1]", "[1,2]", "[2,3]", "[3,4]", "[4,5]");
  }

  @Test
  void otherKinds_drawn_haveTheirValues(Visits visits) throws IOException {
    Pictures pictures = new Pictures(samples(visits, "sample").page());

    assertThat(points(pictures.drawn("heat"), "count"))
        .containsExactlyInAnyOrder(
            "[0,10,1,10,5]", "[10,20,1,10,7]", "[10,20,10,100,2]", "[20,30,10,100,11]");
    assertThat(points(pictures.drawn("waterfall"), "parts"))
        .startsWith("[0,5,0,0]", "[5,8,0,1]", "[8,100,0,2]", "[100,130,0,3]", "[130,400,0,4]")
        .hasSize(10);
    assertThat(points(pictures.drawn("waterfall"), "tokens")).contains("[40,1]", "[340,1]");
    assertThat(points(pictures.drawn("points"), "sample"))
        .containsExactly("[10,21]", "[20,42]", "[30,63]");
    assertThat(points(pictures.drawn("bars"), "good sample")).containsExactly("3", "4");
    assertThat(points(pictures.drawn("bars"), "wasted sample")).containsExactly("1.5", "null");
  }

  @Test
  void data_opened_areATableOfThePicturesValues(Visits visits) throws IOException {
    Page page = samples(visits, "sample").page();

    page.locator("#lines summary").click();

    assertThat(page.locator("#lines tbody tr").allInnerTexts().stream().map(PictureTest::cells))
        .containsExactly(
            "0|11|110|1|" + marked(page, 0),
            "1|13.5|130|2|" + marked(page, 1),
            "2|n/a|n/a|3|" + marked(page, 2),
            "3|17.25|170|4|" + marked(page, 3),
            "4|19|190|5|" + marked(page, 4));
    assertThat(marked(page, 0)).contains("warm sample");
    assertThat(marked(page, 3)).contains("hold sample").contains("late sample");
  }

  private static String marked(Page page, int row) {
    return page.locator("#lines tbody tr").nth(row).locator("td").last().innerText();
  }

  private static String cells(String row) {
    return row.replace('\t', '|');
  }

  @Test
  void saveCsv_clicked_isAFileOfTheValues(Visits visits) throws IOException {
    Path file = saved(samples(visits, "=1+1,\"x\""), "Save CSV of Bars", "bars.csv");

    // What a spreadsheet would take for a formula is text.
    assertThat(Files.readString(file))
        .endsWith("\r\n\"'=1+1,\"\"x\"\"\",3,1.5\r\nother,4,\r\n")
        .startsWith(",\"good =1+1,\"\"x\"\" (USD)\"");
  }

  @Test
  void savePng_clicked_isAPictureOfSomeSize(Visits visits) throws IOException {
    Path file = saved(samples(visits, "sample"), "Save PNG of Lines", "lines.png");

    BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()));
    assertThat(image.getWidth()).isGreaterThanOrEqualTo(1000);
    assertThat(image.getHeight()).isGreaterThanOrEqualTo(400);
    assertThat(colours(image)).isGreaterThan(20);
  }

  private static Path saved(Visit visit, String button, String name) {
    Locator found = visit.page().locator("button[aria-label^='%s']".formatted(button));
    Download download = visit.page().waitForDownload(found::click);
    assertThat(download.suggestedFilename()).isEqualTo(name);
    assertThat(visit.messages()).isEmpty();
    return download.path();
  }

  private static long colours(BufferedImage image) {
    return java.util.Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void theme_switched_isThatOfThePicturesToo(String theme, Visits visits) throws IOException {
    Device other = theme.equals("light") ? Device.DARK : Device.LIGHT;
    Visit visit = samples(visits, "sample", other);
    Object before = visit.says(COLOUR_OF_LINE);
    assertThat(before).isEqualTo(visit.says(COLOUR_OF_PAGE));

    visit.page().locator(".theme-switch").click();

    assertThat(visit.says("() => document.documentElement.dataset.theme")).isEqualTo(theme);
    assertThat(visit.says(COLOUR_OF_LINE))
        .isEqualTo(visit.says(COLOUR_OF_PAGE))
        .isNotEqualTo(before);
  }

  private static final String COLOUR_OF_LINE =
      """
      () => echarts.getInstanceByDom(document.querySelector('#lines .plot'))
          .getOption().series[0].lineStyle.color
      """;
  private static final String COLOUR_OF_PAGE = "() => candor.palette().series[0]";

  @Test
  void picture_namesAreScripts_areTextEverywhere(Visits visits) throws IOException {
    Visit visit = samples(visits, HOSTILE);
    visit.openAll();
    for (String id : new Pictures(visit.page()).ids()) {
      Locator canvas = visit.page().locator("#" + id + " canvas").first();
      canvas.scrollIntoViewIfNeeded();
      canvas.hover();
      canvas.hover(new Locator.HoverOptions().setPosition(200, 60));
    }

    Harmless.check(visit);
    assertThat(new Pictures(visit.page()).notDrawn()).isEmpty();
    assertThat(visit.page().locator("#lines h3").textContent()).isEqualTo("Lines: " + HOSTILE);
    assertThat(visit.page().locator("#lines table").textContent()).contains("p50 " + HOSTILE);
    assertThat(visit.page().locator(".tip").first().textContent()).contains("window.hurt");
  }

  @Test
  void pictures_byKeyboardAndAxe_canBeUsed(Visits visits) throws IOException {
    Visit visit = samples(visits, "sample");
    visit.openAll();

    assertThat(Keyboard.problems(visit.page())).isEmpty();
    assertThat(Axe.findings(visit.page())).isEmpty();
  }

  /** The points of a series, as JSON. */
  private static List<String> points(JsonNode series, String name) {
    List<String> points = new ArrayList<>();
    for (JsonNode each : series) {
      if (each.path("name").asString().equals(name)) {
        each.path("data").forEach(point -> points.add(point.toString()));
      }
    }
    return points;
  }
}
