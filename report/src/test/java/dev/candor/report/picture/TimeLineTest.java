package dev.candor.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import dev.candor.report.picture.Lines.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TimeLineTest {

  private static Window window(
      int second, boolean warmup, Set<LimitReason> limits, double deadShare) {
    return window(second, warmup, limits, deadShare, 100, 10);
  }

  private static Window window(
      int second,
      boolean warmup,
      Set<LimitReason> limits,
      double deadShare,
      double ttft,
      double outputTps) {
    return new Window(
        second, "hold", warmup, limits, 1, 1, 1, 0, outputTps, 10, ttft, ttft, ttft, ttft, 20.0,
        20.0, 20.0, 1.0, 0.5, 0.5, 0.1, 0.2, null, 0.3, null, 0.01, 0.0, 0.0, 0, 0.5, deadShare);
  }

  @Test
  void spans_shadeWarmUpAndLimitedSeconds_withTheirReasons() {
    Set<LimitReason> both = EnumSet.of(LimitReason.GC_PAUSE, LimitReason.LOOP_DELAY);
    TimeLine time =
        new TimeLine(
            List.of(
                window(0, true, Set.of(), 0),
                window(1, true, Set.of(), 0),
                window(2, false, both, 0),
                window(3, false, both, 0),
                window(4, false, EnumSet.of(LimitReason.RUN_QUEUE), 0),
                window(5, false, Set.of(), 0)));
    assertThat(time.spans())
        .extracting(Span::from, Span::to, Span::name, Span::kind)
        .containsExactly(
            tuple(2.0, 6.0, "hold", Span.Kind.PHASE),
            tuple(0.0, 2.0, "warm-up", Span.Kind.WARMUP),
            tuple(2.0, 4.0, "client-limited, loop delay, GC pause", Span.Kind.LIMITED),
            tuple(4.0, 5.0, "client-limited, no free core", Span.Kind.LIMITED));
  }

  @Test
  void lostSeconds_areShaded_andNoLineIsDrawnThroughThem() {
    TimeLine time =
        new TimeLine(
            List.of(
                window(0, false, Set.of(), 0),
                window(1, false, Set.of(), 1),
                window(2, false, Set.of(), 0.75),
                window(3, false, Set.of(), 0.25)));
    assertThat(time.spans())
        .contains(new Span(1, 3, "lost, the run's process was dead", Span.Kind.LOST));
    assertThat(time.highest("p50", Window::ttftP50).values())
        .containsExactly(100.0, null, null, 100.0);
  }

  @Test
  void aDay_isThinnedToTheHighestLatencyAndTheMeanRate_andSaysSo() {
    List<Window> windows =
        IntStream.range(0, 86_400)
            .mapToObj(
                second ->
                    window(
                        second,
                        false,
                        Set.of(),
                        0,
                        second == 50_000 ? 9000 : 100,
                        second % 2 == 0 ? 0 : 10))
            .toList();
    TimeLine time = new TimeLine(windows);
    Series ttft = time.highest("p50", Window::ttftP50);
    assertThat(ttft.values()).hasSize(720).contains(9000.0);
    assertThat(ttft.values().stream().filter(value -> value.equals(100.0))).hasSize(719);
    assertThat(time.mean("output", window -> window.outputTps()).values()).containsOnly(5.0);
    assertThat(time.thinned()).contains("A point is 120 s");
    assertThat(new TimeLine(windows.subList(0, 720)).thinned()).isEmpty();
  }

  @Test
  void bandsOfADay_areJoinedWhereAPictureCannotTellThemApart() {
    List<Window> windows =
        IntStream.range(0, 86_400)
            .mapToObj(
                second ->
                    window(
                        second,
                        false,
                        second % 2 == 0 || second > 50_000
                            ? Set.of()
                            : EnumSet.of(
                                second % 4 == 1 ? LimitReason.GC_PAUSE : LimitReason.LOOP_DELAY),
                        0))
            .toList();
    assertThat(new TimeLine(windows).spans().stream().filter(s -> s.kind() == Span.Kind.LIMITED))
        .containsExactly(
            new Span(1, 50_000, "client-limited, loop delay, GC pause", Span.Kind.LIMITED));
  }
}
