package dev.candor.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.analysis.detail.Detail;
import dev.candor.analysis.detail.HeatMap;
import dev.candor.analysis.detail.PromptPoint;
import dev.candor.analysis.detail.RequestTimeline;
import dev.candor.report.picture.Points.Cloud;
import dev.candor.report.picture.Waterfall.Kind;
import dev.candor.report.picture.Waterfall.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DetailPicturesTest {

  private static RequestTimeline request(
      @Nullable Double sent, @Nullable Double first, List<RequestTimeline.Stall> stalls) {
    return new RequestTimeline(
        7, "hold", "chat", 12.34, "completed", 1200, -1, sent, first, 1000, List.of(), stalls);
  }

  private static Waterfall.Request drawn(RequestTimeline request) {
    Detail detail = new Detail(null, null, List.of(request), List.of(), List.of(), 0);
    List<Picture> pictures = DetailPictures.waterfalls(detail);
    assertThat(pictures).extracting(Picture::id).containsExactly("slowest");
    return ((Waterfall) pictures.getFirst().plot()).requests().getFirst();
  }

  @Test
  void waterfall_partsAreTheWholeTime_inOrder() {
    Waterfall.Request drawn =
        drawn(request(10.0, 300.0, List.of(new RequestTimeline.Stall(500, 900))));
    assertThat(drawn.name()).isEqualTo("#7 at 12.3 s, chat, hold: 1,200 in, ? out");
    assertThat(drawn.parts())
        .extracting(Part::kind, Part::from, Part::to)
        .containsExactly(
            tuple(Kind.HELD, 0.0, 10.0),
            tuple(Kind.PREFILL, 10.0, 300.0),
            tuple(Kind.DECODE, 300.0, 500.0),
            tuple(Kind.STALL, 500.0, 900.0),
            tuple(Kind.DECODE, 900.0, 1000.0));
  }

  @Test
  void waterfall_withoutTokens_waitsToItsEnd() {
    assertThat(drawn(request(0.0, null, List.of())).parts())
        .containsExactly(new Part(Kind.PREFILL, 0, 1000));
    assertThat(drawn(request(null, null, List.of())).parts())
        .containsExactly(new Part(Kind.HELD, 0, 1000));
  }

  @Test
  void heat_hasTheEdgesOfItsColumns_andTheRunsSpans() {
    HeatMap map = new HeatMap(5, List.of(10.0, 20.0, 40.0), List.of(List.of(1L, 2L)));
    Detail detail = new Detail(map, null, List.of(), List.of(), List.of(), 0);
    Heat heat = (Heat) DetailPictures.heat(detail, new TimeLine(List.of())).getFirst().plot();
    assertThat(heat.columns()).containsExactly(0.0, 5.0);
    assertThat(heat.rows()).containsExactly(10.0, 20.0, 40.0);
    assertThat(heat.counts()).containsExactly(List.of(1L, 2L));
  }

  private static Detail prompts(PromptPoint... points) {
    return new Detail(null, null, List.of(), List.of(), List.of(points), 1000);
  }

  @Test
  void prompts_areApartByWhatWasCached_andSayHowTheyWereDrawn() {
    List<Picture> pictures =
        PromptPictures.of(
            prompts(
                new PromptPoint(1000, 0, 0, 100),
                new PromptPoint(1000, 500, 0, 60),
                new PromptPoint(1000, 990, 0, 20),
                new PromptPoint(1000, -1, 0, 50)));
    assertThat(pictures).hasSize(1);
    assertThat(pictures.getFirst().see()).contains("4 of 1,000 requests, drawn at random");
    Points points = (Points) pictures.getFirst().plot();
    assertThat(points.clouds())
        .extracting(Cloud::name, cloud -> cloud.y().getFirst())
        .containsExactly(
            tuple("not cached", 100.0),
            tuple("partly cached", 60.0),
            tuple("cached", 20.0),
            tuple("cache not told", 50.0));
  }

  @Test
  void prompts_ofConversations_haveAPictureByTurn_withMedians() {
    List<Picture> pictures =
        PromptPictures.of(
            prompts(
                new PromptPoint(10, 0, 1, 10),
                new PromptPoint(20, 0, 1, 30),
                new PromptPoint(30, 0, 2, 40)));
    assertThat(pictures).extracting(Picture::id).containsExactly("ttft-by-prompt", "ttft-by-turn");
    Cloud medians = ((Points) pictures.getLast().plot()).lines().getFirst();
    assertThat(medians.x()).containsExactly(1.0, 2.0);
    assertThat(medians.y()).containsExactly(20.0, 40.0);
  }
}
