package dev.candor.corpus.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.DistributionText;
import dev.candor.corpus.fidelity.Fidelity.Rates;
import dev.candor.corpus.shape.Dimension;
import dev.candor.corpus.shape.Dimension.Figure;
import dev.candor.corpus.shape.Dimension.Spread;
import dev.candor.corpus.shape.RequestShape;
import dev.candor.corpus.shape.ShapeCollector;
import dev.candor.corpus.shape.TrafficShape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FidelityTest {
  private static final int NONE = RequestShape.NONE;
  private static final long SECOND = 1_000_000_000L;

  private static TrafficShape single(int input, int output, long gap, int cached) {
    ShapeCollector collector = new ShapeCollector();
    for (int i = 0; i < 100; i++) {
      collector.add(
          RequestShape.withoutBlocks(0, i * gap, i * gap + SECOND, NONE, input, output, cached));
    }
    return collector.shape();
  }

  private static TrafficShape sessions(long seed, double longer, double slower) {
    RandomGenerator random = new Seed(seed).stream();
    ShapeCollector collector = new ShapeCollector();
    double at = 0;
    for (int i = 0; i < 3000; i++) {
      at += -Math.log1p(-random.nextDouble()) * SECOND * slower;
      int turn = i % 3;
      int input = 1 + (int) (random.nextInt(1000) * longer);
      collector.add(
          RequestShape.withoutBlocks(
              turn,
              (long) at,
              (long) at + 5 * SECOND,
              turn == 0 ? NONE : random.nextLong(SECOND),
              input,
              1 + input / 2 + random.nextInt(100),
              input / 3));
    }
    return collector.shape();
  }

  private static Part.Known part(Fidelity fidelity, Dimension dimension) {
    return fidelity.parts().stream()
        .filter(part -> part.dimension() == dimension)
        .map(Part.Known.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void of_sameTraffic_isHundredInEveryPart() {
    TrafficShape shape = sessions(1, 1, 1);
    Fidelity fidelity = Fidelity.of(shape, shape, Rates.COMPARED);
    assertThat(fidelity.score()).isEqualTo(100, within(1e-9));
    assertThat(fidelity.parts()).hasSize(Dimension.all().size());
    assertThat(fidelity.parts()).allMatch(Part.Known.class::isInstance);
    assertThat(fidelity.advice(100)).isEmpty();
  }

  @Test
  void of_otherDrawOfTheSame_isNearHundred() {
    Fidelity fidelity = Fidelity.of(sessions(1, 1, 1), sessions(2, 1, 1), Rates.COMPARED);
    assertThat(fidelity.score()).isGreaterThan(93);
  }

  @Test
  void of_longerPrompts_costByTheWorseDistance() {
    Fidelity fidelity =
        Fidelity.of(single(100, 50, SECOND, 0), single(150, 50, SECOND, 0), Rates.COMPARED);
    Part.OfSpread input = (Part.OfSpread) part(fidelity, Spread.INPUT_TOKENS);
    assertThat(input.wasserstein()).isEqualTo(0.5, within(1e-12));
    assertThat(input.kolmogorovSmirnov()).isEqualTo(1);
    assertThat(input.score()).isZero();
    assertThat(fidelity.worst().dimension()).isEqualTo(Spread.INPUT_TOKENS);
    assertThat(part(fidelity, Spread.OUTPUT_TOKENS).score()).isEqualTo(100);
    // Input 2 of 9.5: input, output, turns, gaps, in flight, gap variation, ceiling; counts are too
    // few.
    assertThat(fidelity.advice(90).getFirst())
        .isEqualTo(
            "prompts are longer than in production (on average 150.0 against 100.0): set input: \"100\"");
  }

  @Test
  void of_farTail_isSeenByWasserstein() {
    ShapeCollector production = new ShapeCollector();
    ShapeCollector other = new ShapeCollector();
    for (int i = 0; i < 100; i++) {
      production.add(RequestShape.withoutBlocks(0, NONE, NONE, NONE, 100, 10, NONE));
      int input = i == 0 ? 20_100 : 100;
      other.add(RequestShape.withoutBlocks(0, NONE, NONE, NONE, input, 10, NONE));
    }
    Fidelity fidelity = Fidelity.of(production.shape(), other.shape(), Rates.COMPARED);
    Part.OfSpread input = (Part.OfSpread) part(fidelity, Spread.INPUT_TOKENS);
    assertThat(input.kolmogorovSmirnov()).isEqualTo(0.01, within(1e-12));
    assertThat(input.wasserstein()).isEqualTo(2, within(1e-12));
    assertThat(input.score()).isEqualTo(100 / 3.0, within(1e-9));
  }

  @Test
  void of_weights_areTheParts() {
    Fidelity fidelity = Fidelity.of(sessions(1, 1, 1), sessions(2, 2, 1.7), Rates.COMPARED);
    double sum = 0;
    double weights = 0;
    for (Part part : fidelity.parts()) {
      sum += part.dimension().weight() * ((Part.Known) part).score();
      weights += part.dimension().weight();
    }
    assertThat(fidelity.score()).isEqualTo(sum / weights, within(1e-9));
    assertThat(fidelity.score()).isLessThan(80);
    assertThat(fidelity.parts())
        .allMatch(each -> ((Part.Known) each).score() >= fidelity.worst().score());
  }

  @Test
  void of_ceilings_costTwiceTheDifference() {
    Fidelity fidelity =
        Fidelity.of(single(100, 50, SECOND, 40), single(100, 50, SECOND, 10), Rates.COMPARED);
    Part.OfFigure ceiling = (Part.OfFigure) part(fidelity, Figure.PREFIX_CEILING);
    assertThat(ceiling.production()).isEqualTo(0.4, within(1e-12));
    assertThat(ceiling.other()).isEqualTo(0.1, within(1e-12));
    assertThat(ceiling.score()).isEqualTo(40, within(1e-9));
  }

  @Test
  void of_otherRate_countsUnlessIgnored() {
    TrafficShape production = sessions(1, 1, 1);
    TrafficShape slower = sessions(1, 1, 4);
    Fidelity compared = Fidelity.of(production, slower, Rates.COMPARED);
    assertThat(part(compared, Spread.REQUEST_GAP).score()).isLessThan(60);
    assertThat(compared.advice(90)).anyMatch(each -> each.contains("set rate: 1.0"));
    Fidelity ignored = Fidelity.of(production, slower, Rates.IGNORED);
    assertThat(part(ignored, Spread.REQUEST_GAP).score()).isGreaterThan(99);
    assertThat(part(ignored, Spread.SESSION_GAP).score()).isGreaterThan(99);
    assertThat(ignored.parts())
        .contains(
            new Part.LeftOut(Spread.CONCURRENCY, "hangs on the rate, which is not compared"),
            new Part.LeftOut(Figure.DISPERSION, "hangs on the rate, which is not compared"));
    assertThat(ignored.score()).isGreaterThan(99);
  }

  @Test
  void of_unknownOnOneSide_isLeftOutAndSaid() {
    ShapeCollector bare = new ShapeCollector();
    bare.add(RequestShape.withoutBlocks(0, NONE, NONE, NONE, 100, NONE, NONE));
    Fidelity fidelity = Fidelity.of(bare.shape(), single(100, 50, SECOND, 0), Rates.COMPARED);
    assertThat(fidelity.parts())
        .contains(
            new Part.LeftOut(Spread.OUTPUT_TOKENS, "unknown in production"),
            new Part.LeftOut(Spread.THINK_TIME, "unknown in either"),
            new Part.LeftOut(Spread.SESSION_GAP, "every session is one request"),
            new Part.LeftOut(Figure.PREFIX_CEILING, "unknown in production"));
    assertThat(fidelity.score()).isEqualTo(100);
  }

  @Test
  void advice_everyPart_hasDistributionsThatAScenarioTakes() {
    List<String> advice =
        Fidelity.of(sessions(1, 1, 1), sessions(2, 3, 3), Rates.COMPARED).advice(101);
    assertThat(advice).hasSize(Dimension.all().size());
    Pattern quoted = Pattern.compile("\"([^\"]+)\"");
    int found = 0;
    for (String each : advice) {
      Matcher matcher = quoted.matcher(each);
      while (matcher.find()) {
        found++;
        String text = matcher.group(1);
        assertThat(
                DistributionText.parse(text, value -> Double.parseDouble(value.replace("ms", "")))
                    .quantile(0.5))
            .isPositive();
      }
    }
    assertThat(found).isEqualTo(4);
  }
}
