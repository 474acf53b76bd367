package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each kind of picture, drawn. */
@ExtendWith(BrowserExtension.class)
final class PictureTest {
  private static final String HOSTILE =
      "</script><script>window.hurt=1</script><!--<script><img src=x onerror=window.hurt=2 data-hurt>{a|b}";

  @TempDir Path temp;

  private Visit samples(Visits visits, String name) throws IOException {
    Visit visit = visits.offline(SamplePictures.page(temp, name), Device.LIGHT);
    visit.scrollThrough();
    return visit;
  }

  @Test
  void picture_ofEachKind_isDrawn(Visits visits) throws IOException {
    Visit visit = samples(visits, "sample");

    assertThat(visit.messages()).isEmpty();
    Pictures pictures = new Pictures(visit.page());
    assertThat(pictures.ids()).containsExactly("lines", "heat", "waterfall", "points", "bars");
    assertThat(pictures.notDrawn()).isEmpty();
  }

  @Test
  void lines_drawn_haveTheirValuesAndTheirGap(Visits visits) throws IOException {
    Pictures pictures = new Pictures(samples(visits, "sample").page());

    JsonNode drawn = pictures.drawn("lines");
    assertThat(points(drawn, "p50 sample"))
        .containsExactly("0,11", "1,13.5", "2,null", "3,17.25", "4,19");
    assertThat(points(drawn, "users sample")).containsExactly("0,1", "1,2", "2,3", "3,4", "4,5");
  }

  @Test
  void picture_namesAreScripts_areTextEverywhere(Visits visits) throws IOException {
    Visit visit = samples(visits, HOSTILE);
    visit.openAll();
    for (String id : new Pictures(visit.page()).ids()) {
      visit.page().locator("#" + id + " canvas").first().hover();
      visit.page().mouse().move(300, 300);
      visit.page().mouse().move(340, 320);
    }

    Harmless.check(visit);
    assertThat(new Pictures(visit.page()).notDrawn()).isEmpty();
    assertThat(visit.page().locator("#lines h3").textContent()).isEqualTo("Lines: " + HOSTILE);
    assertThat(visit.page().locator("#lines table").textContent()).contains("p50 " + HOSTILE);
  }

  /** The x and y of a series' points. */
  private static List<String> points(JsonNode series, String name) {
    List<String> points = new ArrayList<>();
    for (JsonNode each : series) {
      if (each.path("name").asString().equals(name)) {
        each.path("data")
            .forEach(
                point -> points.add(point.path(0).asString() + "," + point.path(1).asString()));
      }
    }
    return points;
  }
}
