package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentEventsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void add_isReadBackAsItWas(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    int count = random.nextInt(2_000);
    long[] intended = new long[count];
    long[] emitted = new long[count];
    int[] tokens = new int[count];
    SentEvents events = new SentEvents();
    for (int i = 0; i < count; i++) {
      // Any bits, so that no delta is too long, nor an order taken for granted.
      intended[i] = random.nextLong() >> random.nextInt(64);
      emitted[i] = intended[i] + (random.nextLong() >> random.nextInt(64));
      tokens[i] = random.nextInt() >>> (1 + random.nextInt(31));
      events.add(intended[i], emitted[i], tokens[i]);
    }
    assertThat(events.count()).as("seed %d", seed).isEqualTo(count);
    assertThat(events.intended()).as("seed %d", seed).isEqualTo(intended);
    assertThat(events.emitted()).as("seed %d", seed).isEqualTo(emitted);
    assertThat(events.tokens()).as("seed %d", seed).isEqualTo(tokens);
    assertThat(events.firstIntended()).isEqualTo(count == 0 ? 0 : intended[0]);
  }

  @Test
  void none_isEmpty() {
    SentEvents none = new SentEvents();
    assertThat(none.intended()).isEmpty();
    assertThat(none.firstIntended()).isZero();
    assertThat(none).isEqualTo(new SentEvents());
  }

  @Test
  void trace_readyAndSent_keepTheirOrder_aroundTheRing() {
    AnswerTrace trace = new AnswerTrace();
    int sent = 0;
    for (int i = 0; i < 300; i++) {
      trace.ready(1_000L * i, i + 1);
      // A reader that stops now and then.
      while (i % 50 > 20 && trace.hasNext()) {
        assertThat(trace.nextIntended()).isEqualTo(1_000L * sent);
        assertThat(trace.nextTokens()).isEqualTo(++sent);
        trace.sent(trace.nextIntended(), trace.nextIntended() + 7);
      }
    }
    assertThat(sent).isEqualTo(300);
    assertThat(Arrays.stream(trace.sent().tokens()).sum()).isEqualTo(300 * 301 / 2);
  }
}
