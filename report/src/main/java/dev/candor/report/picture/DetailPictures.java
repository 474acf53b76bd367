package dev.candor.report.picture;

import dev.candor.analysis.detail.Detail;
import dev.candor.analysis.detail.HeatMap;
import dev.candor.analysis.detail.RequestTimeline;
import dev.candor.report.picture.Waterfall.Kind;
import dev.candor.report.picture.Waterfall.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What figures leave out: heat maps, and requests one by one. */
public final class DetailPictures {
  private DetailPictures() {}

  /** All latencies over time; none where nothing is known. */
  public static List<Picture> heat(Detail detail, TimeLine time) {
    List<Picture> pictures = new ArrayList<>();
    HeatMap ttft = detail.ttft();
    if (ttft != null) {
      pictures.add(
          new Picture(
              "ttft-heat",
              "All first tokens over time",
              "Every request's TTFT, by the second it was sent in. Two bands are two kinds of"
                  + " request or two states of the server; an average lies between them, where"
                  + " nobody is.",
              heat(ttft, "TTFT", time)));
    }
    HeatMap itl = detail.itl();
    if (itl != null) {
      pictures.add(
          new Picture(
              "itl-heat",
              "All gaps between tokens over time",
              "Every gap, by the second it ended in. Dark is usual; what stands far above it is a"
                  + " stall.",
              heat(itl, "ITL", time)));
    }
    return pictures;
  }

  private static Heat heat(HeatMap map, String name, TimeLine time) {
    List<Double> columns =
        IntStream.rangeClosed(0, map.counts().size())
            .mapToObj(column -> column * map.columnS())
            .toList();
    return new Heat(
        PlotAxis.time(),
        columns,
        PlotAxis.log(name, "ms"),
        map.rowsMs(),
        map.counts(),
        time.spans());
  }

  /** The slowest requests, and some at random. */
  public static List<Picture> waterfalls(Detail detail) {
    List<Picture> pictures = new ArrayList<>();
    if (!detail.slowest().isEmpty()) {
      pictures.add(
          new Picture(
              "slowest",
              "The slowest requests, one by one",
              "Where their time went: a long wait for the first token is a queue or a long prompt,"
                  + " a break between tokens a stall.",
              waterfall(detail.slowest())));
    }
    if (!detail.sampled().isEmpty()) {
      pictures.add(
          new Picture(
              "sampled",
              "Requests drawn at random",
              "What a usual user saw, to set the slowest against.",
              waterfall(detail.sampled())));
    }
    return pictures;
  }

  private static Waterfall waterfall(List<RequestTimeline> requests) {
    return new Waterfall(
        PlotAxis.fromZero("since it was meant to start", "ms"),
        requests.stream().map(DetailPictures::request).toList());
  }

  private static Waterfall.Request request(RequestTimeline r) {
    String name =
        String.format(
            Locale.ROOT,
            "#%d at %.1f s%s, %s: %s in, %s out",
            r.request(),
            r.startS(),
            r.requestClass() == null ? "" : ", " + r.requestClass(),
            r.phase(),
            tokens(r.inputTokens()),
            tokens(r.outputTokens()));
    return new Waterfall.Request(name, r.outcome(), parts(r), r.tokensMs());
  }

  /** Of an answer that was cut off the number may be unknown. */
  private static String tokens(int count) {
    return count < 0 ? "?" : String.format(Locale.ROOT, "%,d", count);
  }

  /** Its time in order, without a hole. */
  private static List<Part> parts(RequestTimeline r) {
    List<Part> parts = new ArrayList<>();
    double sent = r.sentMs() == null ? r.endMs() : r.sentMs();
    add(parts, Kind.HELD, 0, sent);
    double first = r.firstTokenMs() == null ? r.endMs() : r.firstTokenMs();
    add(parts, Kind.PREFILL, sent, first);
    double at = first;
    for (RequestTimeline.Stall stall : r.stalls()) {
      add(parts, Kind.DECODE, at, stall.fromMs());
      add(parts, Kind.STALL, stall.fromMs(), stall.toMs());
      at = stall.toMs();
    }
    add(parts, Kind.DECODE, at, r.endMs());
    return parts;
  }

  private static void add(List<Part> parts, Kind kind, double from, double to) {
    if (to > from) {
      parts.add(new Part(kind, from, to));
    }
  }
}
