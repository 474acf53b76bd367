package dev.candor.engine;

import static dev.candor.engine.Requests.MILLI;
import static dev.candor.engine.Requests.alone;
import static dev.candor.engine.Requests.drain;
import static dev.candor.engine.Requests.sharing;
import static dev.candor.engine.Requests.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** vLLM's scheduling rules, one by one, on the tiny engine. */
final class BatchingTest {
  private final EventLog log = new EventLog();

  private Engine engine(EngineSettings settings) {
    return Requests.engine(settings, log);
  }

  private static EngineSettings limits(EngineSettings settings, int maxNumBatchedTokens) {
    return settings.withLimits(settings.limits().withMaxNumBatchedTokens(maxNumBatchedTokens));
  }

  @Test
  void preemption_takesTheLastThatRunsAndComputesItAnew() {
    // 1, 2 and 3 fill six blocks; at 2 ms each of them needs a third.
    EngineSettings settings = tiny(6);
    Engine engine = engine(settings);
    engine.submit(-1, alone(0, 4, 1));
    for (int i = 1; i <= 4; i++) {
      engine.submit(0, alone(i, i == 4 ? 4 : 7, 4));
    }
    drain(engine);
    assertThat(log.lines)
        .containsExactly(
            "0 scheduled r0",
            "999 token r0 0",
            "999 finished r0",
            "999 scheduled r1",
            "999 scheduled r2",
            "999 scheduled r3",
            "1999 token r1 0",
            "1999 token r2 0",
            "1999 token r3 0",
            // The eighth token still fits.
            "2999 token r1 1",
            "2999 token r2 1",
            "2999 token r3 1",
            // 1 takes the blocks of 3. 2 gets the other one, and nobody is admitted.
            "2999 preempted r3",
            "3999 token r1 2",
            "3999 token r2 2",
            "4999 token r1 3",
            "4999 finished r1",
            "4999 token r2 3",
            "4999 finished r2",
            // 3 goes ahead of 4, and goes on with its third token.
            "4999 scheduled r4",
            "5999 token r3 2",
            "5999 token r4 0",
            "6999 token r3 3",
            "6999 finished r3",
            "6999 token r4 1",
            "7999 token r4 2",
            "8999 token r4 3",
            "8999 finished r4");
    assertThat(engine.state().preemptions()).isEqualTo(1);
    assertThat(engine.state().generationTokens()).isEqualTo(17);
    assertThat(engine.state().promptTokens()).isEqualTo(29);
  }

  @Test
  void preemption_ofItself_endsTheStep() {
    Engine engine = engine(tiny(4));
    engine.submit(0, alone(1, 8, 9));
    engine.submit(0, alone(2, 3, 6));
    drain(engine);
    // From 1 ms: 1 has 3 blocks, 2 has 1, and needs a second at 3 ms.
    assertThat(log.preempted).containsExactly(2L);
    assertThat(log.tokensOf(1)).containsExactly(millis(1, 9));
    assertThat(log.tokensOf(2).subList(0, 2)).containsExactly(millis(2, 3));
    assertThat(log.tokensOf(2).get(2)).isEqualTo(10 * MILLI);
  }

  @Test
  void recompute_findsItsOwnBlocksAgain() {
    EngineSettings settings = tiny(5);
    Engine engine = engine(settings);
    engine.submit(0, sharing(1, 4, 13, 4, 1, 0));
    engine.submit(0, sharing(2, 7, 6, 4, 2, 0));
    drain(engine);
    assertThat(log.preempted).contains(2L);
    // Its first look-up counts, and the one after the preemption does not.
    assertThat(engine.state().prefixQueries()).isEqualTo(11);
    assertThat(engine.state().prefixHits()).isZero();
    assertThat(log.tokensOf(2)).hasSize(6);
  }

  @Test
  void chunkedPrefill_takesWhatTheDecodesLeave() {
    Engine engine = engine(limits(tiny(), 8));
    engine.submit(0, alone(1, 4, 9));
    engine.submit(0, alone(2, 20, 1));
    engine.advance(MILLI);
    assertThat(engine.state().lastStep()).isEqualTo(new EngineState.Step(2, 8, MILLI));
    drain(engine);
    // 7 + 7 + 6 tokens beside the decodes of 1.
    assertThat(log.firstTokenNanos(2)).isEqualTo(4 * MILLI);
    assertThat(log.tokensOf(1)).containsExactly(millis(1, 9));
  }

  @Test
  void longPrefillThreshold_leavesRoomForTheNext() {
    EngineSettings settings = tiny();
    Engine engine =
        engine(settings.withLimits(settings.limits().withLongPrefillTokenThreshold(10)));
    engine.submit(0, alone(1, 30, 1));
    engine.submit(0, alone(2, 5, 1));
    engine.advance(MILLI);
    assertThat(engine.state().lastStep().tokens()).isEqualTo(15);
    drain(engine);
    assertThat(log.firstTokenNanos(1)).isEqualTo(3 * MILLI);
    assertThat(log.firstTokenNanos(2)).isEqualTo(2 * MILLI);
  }

  @Test
  void wholePrefill_thatDoesNotFitTheBudget_holdsUpTheRest() {
    EngineSettings settings = tiny();
    Engine engine =
        engine(
            settings.withLimits(
                settings
                    .limits()
                    .withMaxModelLen(40)
                    .withMaxNumBatchedTokens(40)
                    .withChunkedPrefill(false)));
    engine.submit(-1, alone(0, 4, 1));
    engine.submit(0, alone(1, 30, 1));
    engine.submit(0, alone(2, 20, 1));
    engine.submit(0, alone(3, 4, 1));
    drain(engine);
    assertThat(log.firstTokenNanos(1)).isEqualTo(2 * MILLI - 1);
    assertThat(log.firstTokenNanos(2)).isEqualTo(3 * MILLI - 1);
    assertThat(log.firstTokenNanos(3)).isEqualTo(3 * MILLI - 1);
  }

  @Test
  void maxNumSeqs_boundsTheBatch() {
    Engine engine = engine(tiny());
    for (int i = 0; i < 6; i++) {
      engine.submit(0, alone(i, 4, 3));
    }
    engine.advance(MILLI);
    assertThat(engine.state().running()).isEqualTo(4);
    assertThat(engine.state().waiting()).isEqualTo(2);
    drain(engine);
    assertThat(log.finishedNanos).hasSize(6);
  }

  @Test
  void prefixHit_coversFullBlocksAndLeavesATokenToCompute() {
    Engine engine = engine(tiny());
    engine.submit(0, sharing(1, 12, 1, 4, 1, 12));
    engine.advance(MILLI);
    engine.submit(MILLI, sharing(2, 12, 1, 4, 1, 12));
    engine.submit(2 * MILLI, sharing(3, 13, 1, 4, 1, 12));
    engine.submit(3 * MILLI, sharing(4, 11, 1, 4, 1, 11));
    assertThat(log.cachedTokens)
        .containsEntry(1L, 0)
        .containsEntry(2L, 8)
        .containsEntry(3L, 12)
        .containsEntry(4L, 8);
    assertThat(engine.state().prefixQueries()).isEqualTo(48);
    assertThat(engine.state().prefixHits()).isEqualTo(28);
  }

  @Test
  void prefixHit_onAnAnswer_servesTheNextTurn() {
    Engine engine = engine(tiny());
    engine.submit(0, sharing(1, 8, 9, 4, 1, 17));
    drain(engine);
    // 16 of the 17 tokens were computed: the last one was told only.
    engine.submit(20 * MILLI, sharing(2, 24, 1, 4, 1, 20));
    assertThat(log.cachedTokens).containsEntry(2L, 16);
  }

  @Test
  void prefixHit_withinAStep_readsWhatTheStepWrites() {
    Engine engine = engine(tiny());
    engine.submit(-1, alone(0, 4, 1));
    engine.submit(0, sharing(1, 9, 1, 4, 1, 8));
    engine.submit(0, sharing(2, 9, 1, 4, 1, 8));
    drain(engine);
    assertThat(log.cachedTokens).containsEntry(1L, 0).containsEntry(2L, 8);
    assertThat(log.firstTokenNanos(1)).isEqualTo(log.firstTokenNanos(2));
  }

  @Test
  void prefixCaching_off_findsNothing() {
    EngineSettings settings = tiny();
    Engine engine = engine(settings.withKvCache(settings.kvCache().withPrefixCaching(false)));
    engine.submit(0, sharing(1, 9, 1, 4, 1, 8));
    engine.submit(MILLI, sharing(2, 9, 1, 4, 1, 8));
    assertThat(log.cachedTokens).containsEntry(2L, 0);
    assertThat(engine.state().cachedBlocks()).isZero();
    assertThat(engine.state().prefixQueries()).isZero();
  }

  @Test
  void eviction_takesTheOldestAndTheEndOfItsChainFirst() {
    Engine engine = engine(tiny(6));
    engine.submit(0, sharing(1, 13, 1, 4, 1, 12));
    engine.advance(MILLI);
    assertThat(engine.state().cachedBlocks()).isEqualTo(3);
    // Needs 4 of 6 blocks: two blank ones, the blank fourth of 1 and the last of its chain.
    engine.submit(MILLI, alone(2, 13, 1));
    assertThat(engine.state().evictions()).isEqualTo(1);
    engine.advance(2 * MILLI);
    engine.submit(2 * MILLI, sharing(3, 13, 1, 4, 1, 12));
    assertThat(log.cachedTokens).containsEntry(3L, 8);
  }

  private static Long[] millis(int from, int to) {
    Long[] millis = new Long[to - from + 1];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = (from + i) * MILLI;
    }
    return millis;
  }

  @Test
  void carriedTokens_takeBlocksAndNoTime_untilTheyAreLost() {
    StepTime perToken = new StepTime(0, 0, 1000, 0, 0, 0, 0, 0, 0);
    EventLog log = new EventLog();
    Engine engine = Requests.engine(Requests.tiny(8).withStepTime(perToken), log);
    engine.submit(0, carrying(1, 16, 8, 0));
    engine.advance(16_000);
    engine.submit(16_000, carrying(2, 12, 10, 9));
    // Its prompt has three tokens to compute; the first request decodes, which is free here.
    engine.advance(16_001);
    assertThat(engine.state().usedBlocks()).isEqualTo(5 + 3);
    engine.advance(19_002);
    assertThat(log.firstTokenNanos(2)).isEqualTo(16_001 + 3000);
    Requests.drain(engine);
    // The first one grew beyond five blocks; what it took had to be computed again, all of it.
    assertThat(log.preempted).containsExactly(2L);
    List<Long> tokens = log.tokensOf(2);
    long again = Long.MIN_VALUE;
    for (int i = 1; i < tokens.size(); i++) {
      again = Math.max(again, tokens.get(i) - tokens.get(i - 1));
    }
    assertThat(again).isGreaterThanOrEqualTo(12_000);
    assertThat(log.cachedTokens).containsEntry(2L, 0);
  }

  private static EngineRequest carrying(long id, int prompt, int output, int carried) {
    return new EngineRequest(
        id, prompt, output, new long[0], EngineRequest.NONE, 0, carried, EngineRequest.NONE);
  }
}
