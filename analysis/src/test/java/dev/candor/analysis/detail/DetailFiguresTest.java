package dev.candor.analysis.detail;

import static dev.candor.analysis.detail.DetailAttempts.attempt;
import static dev.candor.analysis.detail.DetailAttempts.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.LatencySketch;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetailFiguresTest {
  private static final long SECOND = 1_000_000_000;

  private static final List<PhaseRecord> PHASES =
      List.of(phase(0, "warm-up", true, 0, 10), phase(1, "hold", false, 10, 100));

  @TempDir Path temp;

  private static PhaseRecord phase(int index, String name, boolean warmup, int fromS, int toS) {
    return new PhaseRecord(
        index,
        name,
        "closed",
        3,
        null,
        false,
        warmup,
        (toS - fromS) * SECOND,
        fromS * SECOND,
        toS * SECOND,
        0);
  }

  private DetailFigures figures(long seed) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("detail.yaml"),
            "seed: %d%nload: [{users: 3, for: 2s, warmup: true}, {name: hold, users: 3, for: 10s}]"
                .formatted(seed));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    return new DetailFigures(PHASES, scenario);
  }

  private Detail detail(long seed, List<AttemptRecord> attempts) throws IOException {
    DetailFigures figures = figures(seed);
    attempts.forEach(figures::add);
    return figures.detail();
  }

  /** Request i is sent in the hold and takes i ms longer than the first. */
  private static List<AttemptRecord> growing(int count, Outcome outcome, int from) {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long intended = 10_000 + 10L * i;
      attempts.add(
          attempt(
              from + i, 1, 0, outcome, intended, intended + 50, intended + 60, intended + 100 + i));
    }
    return attempts;
  }

  @Test
  void detail_ofNothing_isNone() throws IOException {
    assertThat(detail(42, List.of())).isEqualTo(Detail.NONE);
  }

  @Test
  void slowest_areThoseOfTheLongestE2e_slowestFirst() throws IOException {
    Detail detail = detail(42, growing(100, Outcome.COMPLETED, 0));
    assertThat(detail.slowest())
        .extracting(RequestTimeline::request)
        .startsWith(99L, 98L, 97L)
        .endsWith(80L)
        .hasSize(20);
  }

  @Test
  void slowest_failuresAreHalfOfThemAtMost() throws IOException {
    List<AttemptRecord> attempts = new ArrayList<>(growing(100, Outcome.COMPLETED, 0));
    attempts.addAll(
        growing(300, Outcome.TIMEOUT_IDLE, 1_000).subList(100, 300)); // all slower than the others
    Detail detail = detail(42, attempts);
    assertThat(detail.slowest()).hasSize(20);
    assertThat(detail.slowest().subList(0, 10))
        .allMatch(each -> each.outcome().equals("timeout_idle"));
    assertThat(detail.slowest().subList(10, 20))
        .allMatch(each -> each.outcome().equals("completed"));
  }

  @Test
  void warmup_isInTheHeatMapAlone() throws IOException {
    Detail detail = detail(42, List.of(attempt(0, 0, 0, Outcome.COMPLETED, 100, 200, 300)));
    assertThat(Objects.requireNonNull(detail.ttft()).counts()).isNotEmpty();
    assertThat(detail.slowest()).isEmpty();
    assertThat(detail.sampled()).isEmpty();
    assertThat(detail.prompts()).isEmpty();
    assertThat(detail.promptsSeen()).isZero();
  }

  @Test
  void ttft_countsCompletedAttemptsWhereTheyWereSent() throws IOException {
    HeatMap map =
        Objects.requireNonNull(
            detail(
                    42,
                    List.of(
                        attempt(0, 1, 0, Outcome.COMPLETED, 10_000, 11_501),
                        attempt(1, 1, 0, Outcome.DISCONNECTED, 10_000, 10_401)))
                .ttft());
    assertThat(map.counts()).hasSize(11);
    assertThat(map.counts().get(10)).containsExactly(1L);
    assertThat(map.rowsMs().getFirst()).isLessThan(1_500);
    assertThat(map.rowsMs().getLast()).isGreaterThan(1_500);
  }

  @Test
  void itl_isWhatSecondsTell() throws IOException {
    DetailFigures figures = figures(42);
    LatencySketch gaps = new LatencySketch();
    gaps.add(20_000_000, 7);
    figures.addSecond(gaps, 3);
    HeatMap map = Objects.requireNonNull(figures.detail().itl());
    assertThat(map.counts()).hasSize(4);
    assertThat(map.counts().get(3)).containsExactly(7L);
  }

  @Test
  void detail_doesNotDependOnTheOrderOfAttempts_butOnTheSeed() throws IOException {
    List<AttemptRecord> attempts = new ArrayList<>(growing(5_000, Outcome.COMPLETED, 0));
    Detail inOrder = detail(42, attempts);
    long seed = 11;
    Collections.shuffle(attempts, new Random(seed));
    assertThat(detail(42, attempts)).as("seed %d", seed).isEqualTo(inOrder);
    assertThat(inOrder.prompts()).hasSize(DetailFigures.PROMPTS);
    assertThat(inOrder.promptsSeen()).isEqualTo(5_000);
    assertThat(detail(43, attempts).sampled()).isNotEqualTo(inOrder.sampled());
  }

  @Test
  void slowest_sameE2e_doesNotDependOnTheOrder() throws IOException {
    List<AttemptRecord> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      attempts.add(attempt(i, 1, 0, Outcome.COMPLETED, 10_000 + i, 10_050 + i));
    }
    Detail inOrder = detail(42, attempts);
    assertThat(detail(42, attempts.reversed())).isEqualTo(inOrder);
    assertThat(inOrder.slowest())
        .extracting(RequestTimeline::request)
        .containsExactly(LongStream.range(0, 20).boxed().toArray(Long[]::new));
  }

  @Test
  void sampled_eachRequestHasTheSameChance() throws IOException {
    List<AttemptRecord> attempts = growing(200, Outcome.COMPLETED, 0);
    int[] drawn = new int[4];
    for (int seed = 0; seed < 200; seed++) {
      List<RequestTimeline> sampled = detail(seed, attempts).sampled();
      assertThat(sampled).hasSize(20).doesNotHaveDuplicates();
      sampled.forEach(each -> drawn[(int) each.request() / 50]++);
    }
    // 1,000 each are expected, with a standard deviation of about 26.
    for (int count : drawn) {
      assertThat(count).isBetween(870, 1_130);
    }
  }

  @Test
  void prompts_haveTurnsOnlyWhereConversationsHaveASecond() throws IOException {
    AttemptRecord first = attempt(0, 1, 0, Outcome.COMPLETED, 10_000, 10_051);
    AttemptRecord second = attempt(1, 1, 1, Outcome.COMPLETED, 11_000, 11_101);
    assertThat(detail(42, List.of(first)).prompts())
        .containsExactly(new PromptPoint(110, 30, 0, 50));
    assertThat(detail(42, List.of(first, second)).prompts())
        .containsExactly(new PromptPoint(110, 30, 1, 50), new PromptPoint(110, 30, 2, 100));
  }

  @Test
  void sampled_longAnswers_areThinned() throws IOException {
    Detail detail =
        detail(42, List.of(attempt(0, 1, 0, Outcome.COMPLETED, 10_000, every(20, 10_100, 4_000))));
    assertThat(detail.sampled().getFirst().tokensMs())
        .hasSizeLessThanOrEqualTo(RequestTimelines.MOST_INSTANTS);
  }
}
