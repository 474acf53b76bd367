package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.PreparedRequest.Leaving;
import dev.candor.scenario.Abandon;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LeaversTest {
  private static final Abandon IMPATIENT = new Abandon(0.2, new Distribution.Constant(5e9), null);
  private static final Abandon SATED = new Abandon(0.3, null, new Distribution.Uniform(20, 200));

  @Test
  void of_sharesAreTheirs_andTheRestStays() {
    Leavers leavers = new Leavers(List.of(IMPATIENT, SATED), new Seed(1));
    List<Leaving> drawn =
        LongStream.range(0, 100_000).mapToObj(number -> leavers.of(number, 0)).toList();
    assertThat(count(drawn, new Leaving(5_000_000_000L, Integer.MAX_VALUE)) / 1e5)
        .isCloseTo(0.2, within(0.01));
    assertThat(count(drawn, Leaving.NEVER) / 1e5).isCloseTo(0.5, within(0.01));
    List<Leaving> sated =
        drawn.stream().filter(leaving -> leaving.events() != Integer.MAX_VALUE).toList();
    assertThat(sated.size() / 1e5).isCloseTo(0.3, within(0.01));
    assertThat(sated)
        .allMatch(each -> each.events() >= 20 && each.events() <= 200)
        .allMatch(each -> each.patienceNanos() == Long.MAX_VALUE);
    assertThat(sated.stream().mapToInt(Leaving::events).average().orElse(0))
        .isCloseTo(110, within(2.0));
  }

  @Test
  void of_isTheNumbersAlone() {
    Leavers one = new Leavers(List.of(SATED), new Seed(1));
    Leavers other = new Leavers(List.of(SATED), new Seed(1));
    LongStream.of(99, 3, 50, 3)
        .forEach(number -> assertThat(one.of(number, 0)).isEqualTo(other.of(number, 0)));
  }

  @Test
  void of_bothOfOneKind_areDrawnTogether() {
    Leavers leavers =
        new Leavers(
            List.of(new Abandon(1, new Distribution.Constant(1e9), new Distribution.Constant(0.2))),
            new Seed(1));
    assertThat(leavers.of(0, 0)).isEqualTo(new Leaving(1_000_000_000L, 1));
  }

  private static long count(List<Leaving> drawn, Leaving wanted) {
    return drawn.stream().filter(wanted::equals).count();
  }
}
