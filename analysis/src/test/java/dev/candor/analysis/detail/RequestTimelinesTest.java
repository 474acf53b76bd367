package dev.candor.analysis.detail;

import static dev.candor.analysis.detail.DetailAttempts.attempt;
import static dev.candor.analysis.detail.DetailAttempts.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.detail.RequestTimeline.Stall;
import dev.candor.record.Outcome;
import dev.candor.scenario.Slo;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RequestTimelinesTest {
  private static final Slo NONE = slo(null);

  private static Slo slo(@Nullable Long maxGapNanos) {
    return new Slo(null, null, null, null, null, maxGapNanos, null);
  }

  private static RequestTimeline timeline(Slo slo, long... tokensMs) {
    return RequestTimelines.of(attempt(5, 0, 0, Outcome.COMPLETED, 1_000, tokensMs), "hold", slo);
  }

  @Test
  void of_instantsAreSinceItsIntent() {
    RequestTimeline timeline = timeline(NONE, 1_100, 1_120, 1_140);
    assertThat(timeline.request()).isEqualTo(5);
    assertThat(timeline.phase()).isEqualTo("hold");
    assertThat(timeline.startS()).isEqualTo(1);
    assertThat(timeline.sentMs()).isEqualTo(1);
    assertThat(timeline.firstTokenMs()).isEqualTo(100);
    assertThat(timeline.tokensMs()).containsExactly(100.0, 120.0, 140.0);
    assertThat(timeline.endMs()).isEqualTo(142);
    assertThat(timeline.inputTokens()).isEqualTo(110);
    assertThat(timeline.outputTokens()).isEqualTo(3);
    assertThat(timeline.stalls()).isEmpty();
  }

  @Test
  void of_noToken_hasNone() {
    RequestTimeline timeline =
        RequestTimelines.of(attempt(5, 0, 0, Outcome.SERVER_ERROR, 1_000), "hold", NONE);
    assertThat(timeline.firstTokenMs()).isNull();
    assertThat(timeline.tokensMs()).isEmpty();
    assertThat(timeline.outcome()).isEqualTo("server_error");
  }

  @Test
  void stall_withATarget_isAGapAboveIt() {
    long[] tokens = {1_100, 1_120, 1_180, 1_241};
    assertThat(timeline(slo(60_000_000L), tokens).stalls()).containsExactly(new Stall(180, 241));
    assertThat(timeline(slo(61_000_000L), tokens).stalls()).isEmpty();
  }

  @Test
  void stall_withoutATarget_isAGapAboveTenMedians_andAboveATenthOfASecond() {
    assertThat(timeline(NONE, 1_000, 1_005, 1_010, 1_015, 1_116).stalls())
        .containsExactly(new Stall(15, 116));
    assertThat(timeline(NONE, 1_000, 1_005, 1_010, 1_015, 1_115).stalls()).isEmpty();
    // Medians of 40 ms: it takes more than 400.
    assertThat(timeline(NONE, 1_000, 1_040, 1_080, 1_120, 1_520).stalls()).isEmpty();
    assertThat(timeline(NONE, 1_000, 1_040, 1_080, 1_120, 1_521).stalls())
        .containsExactly(new Stall(120, 521));
  }

  @Test
  void tokens_longAnswer_areThinned_butNotTheEndsOfStalls() {
    long[] tokens = every(10, 1_100, 5_000);
    for (int stalledAt : new int[] {1_234, 3_333}) {
      for (int i = stalledAt; i < tokens.length; i++) {
        tokens[i] += 700;
      }
    }
    RequestTimeline timeline = timeline(NONE, tokens);
    assertThat(timeline.tokensMs())
        .hasSizeBetween(180, RequestTimelines.MOST_INSTANTS)
        .isSorted()
        .contains(tokens[0] - 1_000.0, tokens[tokens.length - 1] - 1_000.0)
        .contains(tokens[1_233] - 1_000.0, tokens[1_234] - 1_000.0)
        .contains(tokens[3_332] - 1_000.0, tokens[3_333] - 1_000.0);
    assertThat(timeline.stalls()).hasSize(2);
    assertThat(timeline.outputTokens()).isEqualTo(5_000);
  }

  @Test
  void stalls_many_theLongestAreKept_inOrder() {
    long[] gaps = LongStream.range(0, 1_000).map(i -> i % 5 == 0 ? 500 + i : 10).toArray();
    long[] tokens = new long[gaps.length];
    long at = 1_000;
    for (int i = 0; i < gaps.length; i++) {
      at += gaps[i];
      tokens[i] = at;
    }
    RequestTimeline timeline = timeline(NONE, tokens);
    assertThat(timeline.stalls()).hasSize(RequestTimelines.MOST_STALLS);
    double shortest =
        timeline.stalls().stream().mapToDouble(s -> s.toMs() - s.fromMs()).min().orElseThrow();
    long[] sorted = Arrays.stream(gaps).sorted().toArray();
    assertThat(shortest).isEqualTo(sorted[sorted.length - RequestTimelines.MOST_STALLS]);
    assertThat(timeline.stalls()).extracting(Stall::fromMs).isSorted();
    assertThat(timeline.tokensMs()).hasSizeLessThanOrEqualTo(RequestTimelines.MOST_INSTANTS);
    for (Stall stall : timeline.stalls()) {
      assertThat(timeline.tokensMs()).contains(stall.fromMs(), stall.toMs());
    }
  }
}
