package dev.candor.engine.roofline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import dev.candor.engine.StepTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Estimates against measurements that others have published; docs/profiles.md shows the table. */
final class PublishedPointsTest {
  private record Point(
      String kind,
      String profile,
      int batch,
      int context,
      double measured,
      String source,
      boolean used,
      double estimated) {

    double error() {
      return estimated / measured - 1;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %s | `%s` | %d | %d | %.6g | %.6g | %+.1f %% | %s | %s |",
          kind,
          profile,
          batch,
          context,
          measured,
          estimated,
          100 * error(),
          source,
          used ? "calibration" : "prediction");
    }
  }

  @Test
  void interTokenLatencies_arePredictedWithinTwentyPercent() throws IOException {
    assertErrorsWithin("itl", 0.19);
  }

  @Test
  void interTokenLatencies_ofTheCalibratedGpu_areWithinElevenPercent() throws IOException {
    List<Point> points = points().stream().filter(p -> p.profile().startsWith("h100")).toList();
    assertThat(points.stream().filter(point -> point.kind().equals("itl")))
        .hasSize(14)
        .allSatisfy(point -> assertThat(Math.abs(point.error())).isLessThan(0.11));
  }

  @Test
  void firstTokens_arePredictedWithinTwentyPercent() throws IOException {
    assertErrorsWithin("ttft", 0.2);
  }

  /**
   * TensorRT-LLM is the faster engine: an estimate of vLLM must not come out ahead of it by much.
   */
  @Test
  void saturatedThroughput_isOfTheOrderThatAnotherEngineReaches() throws IOException {
    List<Point> points = points().stream().filter(p -> p.kind().equals("saturated")).toList();
    assertThat(points)
        .as(table(points))
        .allSatisfy(point -> assertThat(point.error()).isBetween(-0.35, 0.1));
  }

  private static void assertErrorsWithin(String kind, double most) throws IOException {
    List<Point> points = points().stream().filter(p -> p.kind().equals(kind)).toList();
    assertThat(points).isNotEmpty();
    assertThat(points)
        .as(table(points))
        .allSatisfy(point -> assertThat(Math.abs(point.error())).isLessThan(most));
  }

  private static String table(List<Point> points) {
    return String.join("\n", points.stream().map(Point::toString).toList());
  }

  private static List<Point> points() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublishedPointsTest.class.getResourceAsStream("published.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("kind"))
          .map(PublishedPointsTest::point)
          .toList();
    }
  }

  private static Point point(String line) {
    String[] fields = line.split(",", -1);
    int batch = Integer.parseInt(fields[2]);
    int context = Integer.parseInt(fields[3]);
    EstimateName name = EstimateName.parse(fields[1]).orElseThrow();
    return new Point(
        fields[0],
        fields[1],
        batch,
        context,
        Double.parseDouble(fields[4]),
        fields[5],
        fields[6].equals("yes"),
        switch (fields[0]) {
          case "itl" -> decodeMillis(name, batch, context);
          case "ttft" -> firstTokenMillis(name.roofline().stepTime(), batch, context);
          case "saturated" -> saturated(name, context, batch);
          default -> throw new IllegalArgumentException(line);
        });
  }

  /** The experts touched are those of the batch that was measured. */
  private static double decodeMillis(EstimateName name, int batch, int context) {
    Placement placement =
        new Placement(name.gpu(), name.gpus(), name.weights(), Precision.BF16, batch);
    StepTime step = Roofline.of(name.model(), placement).stepTime();
    return KeyFigures.decodeNanos(step, batch, context) / 1e6;
  }

  /** Of prompts that share one step; pairs are few, as they were ten short ones. */
  private static double firstTokenMillis(StepTime step, int prompts, int tokens) {
    return (step.requestOverheadNanos()
            + step.baseNanos()
            + step.perPrefillTokenNanos() * tokens
            + step.perSequenceNanos() * prompts)
        / 1e6;
  }

  /** As it was measured: KV in FP8, 2,048 requests at most. */
  private static double saturated(EstimateName name, int prompt, int answer) {
    Placement placement = new Placement(name.gpu(), name.gpus(), name.weights(), Precision.FP8, 64);
    String text = EstimateYaml.of(Roofline.of(name.model(), placement), List.of());
    EngineSettings settings = ((EngineProfile) Profiles.parse("fp8", text)).settings();
    return KeyFigures.saturated(
        settings.withLimits(settings.limits().withMaxNumSeqs(2048)), prompt, answer);
  }
}
