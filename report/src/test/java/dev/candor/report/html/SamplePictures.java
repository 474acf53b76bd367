package dev.candor.report.html;

import dev.candor.base.random.Seed;
import dev.candor.report.picture.Bars;
import dev.candor.report.picture.Heat;
import dev.candor.report.picture.Lines;
import dev.candor.report.picture.Lines.Mark;
import dev.candor.report.picture.Lines.Span;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PlotAxis;
import dev.candor.report.picture.Points;
import dev.candor.report.picture.Series;
import dev.candor.report.picture.Waterfall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A picture of every kind with all that it can show, for tests and for the eye: {@code main} writes
 * them as a page.
 */
final class SamplePictures {
  private static final Seed SEED = new Seed(7);

  private SamplePictures() {}

  /** Writes the page to the file that is named. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page());
  }

  static String page() {
    return PageShell.of(
        "Sample pictures <b>",
        "<h1>Sample pictures</h1><section><h2>Every kind</h2>"
            + all().stream().map(PictureHtml::of).collect(Collectors.joining())
            + "</section>");
  }

  static List<Picture> all() {
    return List.of(
        overTime(),
        soak(),
        twoAxes(),
        saturation(),
        few(),
        heat(),
        waterfall(),
        prompts(),
        stacked(),
        grouped(),
        lying(),
        logBars(),
        trend(),
        empty());
  }

  static Picture overTime() {
    RandomGenerator random = SEED.derive("time").stream();
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> half = new ArrayList<>();
    List<@Nullable Double> most = new ArrayList<>();
    List<@Nullable Double> intended = new ArrayList<>();
    for (int second = 0; second < 240; second++) {
      at.add((double) second);
      double load = 180 + second + 40 * random.nextDouble();
      boolean stall = second > 150 && second < 158;
      boolean gap = second >= 195 && second < 205;
      half.add(gap ? null : load + (stall ? 900 : 0));
      most.add(gap ? null : load * (1.5 + random.nextDouble()) + (stall ? 2800 : 0));
      intended.add(gap ? null : load * 1.1 + (stall ? 1500 : 0));
    }
    return new Picture(
        "ttft-over-time",
        "Time to first token over the run",
        "Half of each second's first tokens came faster than the p50 line; the stall at 2:30 is what an average hides.",
        new Lines(
            PlotAxis.time(),
            at,
            PlotAxis.fromZero("TTFT", "ms"),
            null,
            List.of(
                new Series("p50", half),
                new Series("p99", most),
                new Series("p50 from intent: with the wait to be sent", intended)),
            List.of(
                new Span(0, 60, "8 users", Span.Kind.PHASE),
                new Span(60, 130, "16 users", Span.Kind.PHASE),
                new Span(130, 240, "32 users <img src=x onerror=alert(1)>", Span.Kind.PHASE),
                new Span(0, 15, "warm-up", Span.Kind.WARMUP),
                new Span(150, 158, "event loop late", Span.Kind.LIMITED),
                new Span(195, 205, "the process was dead", Span.Kind.LOST)),
            List.of(
                new Mark(148, "early warning"),
                new Mark(152, "stall"),
                new Mark(160, "SLO broken"),
                new Mark(238, "stopped by hand"))));
  }

  static Picture soak() {
    RandomGenerator random = SEED.derive("soak").stream();
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> tps = new ArrayList<>();
    List<@Nullable Double> good = new ArrayList<>();
    for (int stretch = 0; stretch < 720; stretch++) {
      at.add(stretch * 20.0);
      tps.add(12_000 + 900 * random.nextGaussian());
      good.add(11_000 + 600 * random.nextGaussian() - 3 * stretch);
    }
    return new Picture(
        "soak",
        "Throughput and goodput, four hours",
        "Goodput falls while throughput stays: tokens still come, but too late for the SLO.",
        new Lines(
            PlotAxis.time(),
            at,
            PlotAxis.fromZero("output tokens", "tok/s"),
            null,
            List.of(new Series("throughput", tps), new Series("goodput", good)),
            List.of(new Span(0, 900, "warm-up", Span.Kind.WARMUP)),
            List.of()));
  }

  static Picture twoAxes() {
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> kv = new ArrayList<>();
    List<@Nullable Double> waiting = new ArrayList<>();
    List<@Nullable Double> ttft = new ArrayList<>();
    for (int second = 0; second < 120; second++) {
      at.add((double) second);
      kv.add(Math.min(100.0, 12 + second * 0.9));
      waiting.add(Math.max(0.0, second - 95.0));
      ttft.add(second < 96 ? 210.0 : 210 + (second - 95) * 160.0);
    }
    return new Picture(
        "server",
        "The server under the client's curves",
        "KV use is full eight seconds before TTFT rises: that is the lead of the early warning.",
        new Lines(
            PlotAxis.time(),
            at,
            PlotAxis.fromZero("TTFT p99", "ms"),
            PlotAxis.fromZero("KV use", "%"),
            List.of(
                new Series("TTFT p99", ttft),
                new Series("KV use", kv, true),
                new Series("waiting", waiting, true)),
            List.of(),
            List.of(new Mark(97, "KV full"), new Mark(105, "TTFT over its SLO"))));
  }

  static Picture saturation() {
    List<Double> rate = List.of(1.0, 2.0, 4.0, 8.0, 10.0, 12.0, 14.0, 16.0);
    return new Picture(
        "saturation",
        "Saturation curve",
        "Beyond the knee latency grows and goodput falls; the operating point keeps a margin before it.",
        new Lines(
            PlotAxis.fromZero("offered rate", "req/s"),
            rate,
            PlotAxis.log("TTFT p99", "ms"),
            PlotAxis.fromZero("goodput", "req/s"),
            List.of(
                new Series(
                    "TTFT p99", List.of(180.0, 185.0, 190.0, 240.0, 320.0, 900.0, 4200.0, 9800.0)),
                new Series("goodput", List.of(1.0, 2.0, 4.0, 8.0, 9.9, 11.0, 7.0, 3.0), true)),
            List.of(new Span(10, 12, "knee between", Span.Kind.BRACKET)),
            List.of(new Mark(8, "operating point"), new Mark(11.2, "knee"))));
  }

  static Picture few() {
    List<@Nullable Double> ttft = new ArrayList<>(List.of(420.0, 433.0, 425.0));
    ttft.add(1, null);
    return new Picture(
        "few",
        "Four runs",
        "A point is a run; a gap is a run without the figure.",
        new Lines(
            new PlotAxis("users", "", PlotAxis.Scale.LINEAR, null),
            List.of(1.0, 2.0, 3.0, 4.0),
            new PlotAxis("TTFT p99", "ms", PlotAxis.Scale.LINEAR, null),
            null,
            List.of(new Series("TTFT p99", ttft)),
            List.of(),
            List.of()));
  }

  static Picture heat() {
    RandomGenerator random = SEED.derive("heat").stream();
    List<Double> columns = new ArrayList<>();
    List<Double> rows = new ArrayList<>();
    for (int column = 0; column <= 240; column++) {
      columns.add((double) column);
    }
    for (int row = 0; row <= 36; row++) {
      rows.add(20 * Math.pow(10, row / 12.0));
    }
    List<List<Long>> counts = new ArrayList<>();
    for (int column = 0; column < 240; column++) {
      long[] cells = new long[36];
      for (int n = 0; n < 400; n++) {
        double ms = (150 + column) * Math.exp(0.25 * random.nextGaussian());
        if (column % 60 < 5 && random.nextDouble() < 0.3) {
          ms *= 8;
        }
        int row = (int) Math.floor(12 * Math.log10(ms / 20));
        cells[Math.clamp(row, 0, 35)]++;
      }
      counts.add(java.util.Arrays.stream(cells).boxed().toList());
    }
    return new Picture(
        "ttft-heat",
        "TTFT of every request",
        "Two bands a minute apart are two kinds of answers: the upper one waited behind the long prompts.",
        new Heat(
            PlotAxis.time(),
            columns,
            PlotAxis.log("TTFT", "ms"),
            rows,
            counts,
            List.of(
                new Span(0, 120, "8 users", Span.Kind.PHASE),
                new Span(120, 240, "16 users", Span.Kind.PHASE),
                new Span(0, 15, "warm-up", Span.Kind.WARMUP))));
  }

  static Picture waterfall() {
    RandomGenerator random = SEED.derive("waterfall").stream();
    List<Waterfall.Request> requests = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      double held = n % 3 == 0 ? 120 + 80 * random.nextDouble() : 0;
      double sent = held + 8 + 10 * random.nextDouble();
      double first = sent + 300 + 900 * random.nextDouble();
      double stall = first + 400 + 900 * random.nextDouble();
      double end = stall + 800 + 900 * random.nextDouble();
      List<Double> tokens = new ArrayList<>();
      for (double token = first; token < end; token += 45 + 20 * random.nextDouble()) {
        if (n % 2 == 0 || token <= stall || token >= stall + 500) {
          tokens.add(token);
        }
      }
      List<Waterfall.Part> parts = new ArrayList<>();
      if (held > 0) {
        parts.add(new Waterfall.Part(Waterfall.Kind.HELD, 0, held));
      }
      parts.add(new Waterfall.Part(Waterfall.Kind.SEND, held, sent));
      parts.add(new Waterfall.Part(Waterfall.Kind.PREFILL, sent, first));
      if (n % 2 == 0) {
        parts.add(new Waterfall.Part(Waterfall.Kind.DECODE, first, end));
      } else {
        parts.add(new Waterfall.Part(Waterfall.Kind.DECODE, first, stall));
        parts.add(new Waterfall.Part(Waterfall.Kind.STALL, stall, stall + 500));
        parts.add(new Waterfall.Part(Waterfall.Kind.DECODE, stall + 500, end));
      }
      requests.add(
          new Waterfall.Request(
              "#%d chat at 1:%02d, %d in, %d out".formatted(4711 + n, n, 800 + n, tokens.size()),
              n == 7 ? "timeout" : "completed",
              parts,
              tokens));
    }
    return new Picture(
        "slowest",
        "The slowest requests",
        "Where each one's time went: waiting for the first token, tokens, and stalls between them.",
        new Waterfall(PlotAxis.fromZero("since it was meant to start", "ms"), requests));
  }

  static Picture prompts() {
    RandomGenerator random = SEED.derive("prompts").stream();
    List<Double> cold = new ArrayList<>();
    List<Double> coldTtft = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    List<Double> warmTtft = new ArrayList<>();
    for (int n = 0; n < 900; n++) {
      double tokens = Math.exp(5 + 4 * random.nextDouble());
      boolean hit = random.nextDouble() < 0.5;
      (hit ? warm : cold).add(tokens);
      (hit ? warmTtft : coldTtft)
          .add((60 + tokens * (hit ? 0.02 : 0.15)) * Math.exp(0.2 * random.nextGaussian()));
    }
    return new Picture(
        "ttft-by-tokens",
        "TTFT against input tokens",
        "Cold prompts pay for each token; cached ones do not.",
        new Points(
            PlotAxis.log("input tokens", ""),
            PlotAxis.log("TTFT", "ms"),
            List.of(
                new Points.Cloud("cold", cold, coldTtft),
                new Points.Cloud("from the cache", warm, warmTtft)),
            List.of(
                new Points.Cloud(
                    "median of cold",
                    List.of(200.0, 500.0, 1200.0, 3000.0, 6000.0),
                    List.of(90.0, 135.0, 240.0, 510.0, 960.0)),
                new Points.Cloud(
                    "median of cached",
                    List.of(200.0, 500.0, 1200.0, 3000.0, 6000.0),
                    List.of(64.0, 70.0, 84.0, 120.0, 180.0)))));
  }

  static Picture stacked() {
    return new Picture(
        "cost",
        "What the tokens cost, and what was wasted",
        "The upper part bought answers that nobody could use.",
        new Bars(
            PlotAxis.fromZero("cost", "USD"),
            List.of("8 users", "16 users", "32 users", "64 users"),
            List.of(
                new Series("useful", List.of(1.2, 2.3, 4.1, 5.0)),
                new Series("retried", List.of(0.0, 0.1, 0.6, 1.9)),
                new Series("failed", List.of(0.0, 0.02, 0.3, 2.4))),
            true));
  }

  static Picture grouped() {
    List<@Nullable Double> mixed = new ArrayList<>(List.of(310.0, 520.0));
    mixed.add(null);
    return new Picture(
        "cold-warm-mixed",
        "Cold, warm and mixed caches",
        "A benchmark with one prompt again and again shows the middle bar and promises it to everybody.",
        new Bars(
            PlotAxis.fromZero("TTFT", "ms"),
            List.of("p50", "p90", "p99"),
            List.of(
                new Series("cold", List.of(480.0, 690.0, 1210.0)),
                new Series("warm", List.of(92.0, 110.0, 184.0)),
                new Series("mixed", mixed)),
            false));
  }

  static Picture lying() {
    List<String> names = new ArrayList<>();
    List<@Nullable Double> values = new ArrayList<>();
    for (int n = 0; n < 14; n++) {
      names.add("class number " + n + " of the scenario with a long name");
      values.add(1000.0 / (n + 1));
    }
    return new Picture(
        "by-class",
        "Requests by class",
        "Names that do not fit below bars stand beside them.",
        new Bars(
            PlotAxis.fromZero("requests", ""),
            names,
            List.of(new Series("requests", values)),
            false));
  }

  static Picture logBars() {
    return new Picture(
        "distribution",
        "TTFT distribution",
        "A second hump to the right is a second kind of request.",
        new Bars(
            PlotAxis.fromZero("requests", ""),
            List.of(
                "20", "30", "50", "80", "120", "200", "300", "500", "800", "1200", "2000", "3000"),
            List.of(
                new Series(
                    "requests",
                    List.of(
                        3.0, 18.0, 120.0, 640.0, 980.0, 410.0, 90.0, 30.0, 120.0, 260.0, 80.0,
                        6.0))),
            false));
  }

  static Picture trend() {
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> p99 = new ArrayList<>();
    for (int run = 0; run < 18; run++) {
      at.add(1_777_600_000.0 + run * 93_000);
      p99.add(run == 6 ? null : 400 + 9.0 * run);
    }
    return new Picture(
        "trend",
        "TTFT p99 of runs tagged nightly",
        "Each run is a little slower than the one before it: none alone would be noticed.",
        new Lines(
            PlotAxis.date("start"),
            at,
            PlotAxis.fromZero("TTFT p99", "ms"),
            null,
            List.of(new Series("TTFT p99", p99)),
            List.of(),
            List.of(new Mark(1_778_200_000.0, "new driver"))));
  }

  static Picture empty() {
    return new Picture(
        "nothing",
        "Nothing was measured",
        "A picture without data says so.",
        new Lines(
            PlotAxis.time(),
            List.of(),
            PlotAxis.fromZero("TTFT", "ms"),
            null,
            List.of(new Series("p50", List.of())),
            List.of(),
            List.of()));
  }
}
