package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class StepTimeTest {
  private static Sequence sequence(int promptTokens, int produced, int computed, int chunk) {
    Sequence sequence = new Sequence(Requests.alone(1, promptTokens, 100), 0);
    sequence.produced = produced;
    sequence.computed = computed;
    sequence.chunk = chunk;
    return sequence;
  }

  @Test
  void work_tellsDecodeFromPrefill() {
    StepWork work = new StepWork();
    work.add(sequence(10, 5, 14, 1));
    assertThat(work.contextTokens).isEqualTo(15);
    assertThat(work.prefillTokens).isZero();
    // Two tokens after three: 4 + 5 pairs.
    work.add(sequence(10, 0, 3, 2));
    assertThat(work.prefillTokens).isEqualTo(2);
    assertThat(work.tokenPairs).isEqualTo(9);
    // The last token of a prompt is prefill, and so is computing an answer anew.
    work.add(sequence(10, 0, 9, 1));
    work.add(sequence(10, 5, 8, 4));
    assertThat(work.prefillTokens).isEqualTo(7);
    assertThat(work.contextTokens).isEqualTo(15);
    assertThat(work.batch).isEqualTo(4);
    assertThat(work.tokens()).isEqualTo(8);
  }

  @Test
  void nominalNanos_isTheFormula() {
    StepTime time = new StepTime(1000, 500, 10, 2, 7, 0.5, 0, 0, 0);
    StepWork work = new StepWork();
    work.batch = 3;
    work.contextTokens = 100;
    assertThat(time.nominalNanos(work)).isEqualTo(1000 + 200 + 21);
    work.prefillTokens = 60;
    work.tokenPairs = 40;
    assertThat(time.nominalNanos(work)).isEqualTo(500 + 600 + 200 + 21 + 20);
  }

  @Test
  void jitterFactor_hasMeanOne() {
    StepTime time = Requests.steps(1, 0.4, 0, 0);
    RandomGenerator random = new Seed(1).stream();
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += time.jitterFactor(random.nextGaussian());
    }
    // Its standard deviation is 0.42, that of the mean 0.0013.
    assertThat(sum / 100_000).isCloseTo(1, within(0.007));
  }

  @Test
  void settings_outOfBounds_areRefused() {
    assertThatThrownBy(() -> Requests.steps(Double.NaN, 0, 0, 0))
        .isInstanceOf(CandorException.class)
        .hasMessage("base is NaN, must be a number of at least 0");
    assertThatThrownBy(() -> Requests.tiny().limits().withChunkedPrefill(false))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("max_num_batched_tokens is 64, must be at least max_model_len (128)");
  }
}
