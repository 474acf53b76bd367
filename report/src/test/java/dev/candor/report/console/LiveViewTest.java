package dev.candor.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.LimitReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run shows while it lasts: on a terminal, narrow or wide, and in a log. */
final class LiveViewTest {
  private static final String ESCAPE = "\u001b";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static LiveSecond second(int second, @Nullable Double ttftP99) {
    return new LiveSecond(
        second, "hold", 5, 4, 10, 0, 2000, 200.0, ttftP99, 20.0, 30.0, 0.97, false);
  }

  private static LiveSnapshot at(double elapsedS, Set<LimitReason> limits, List<LiveSecond> over) {
    return new LiveSnapshot(
        elapsedS,
        600,
        "hold",
        5,
        4,
        1234,
        2,
        2310,
        200.0,
        1200.0,
        20.0,
        null,
        0.97,
        Map.of("rate_limited", 2L),
        limits,
        "0.1200 USD",
        over);
  }

  private String shown() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  private List<String> panel(int width, int seconds, boolean blocks) {
    LivePanel panel = new LivePanel(blocks);
    List<LiveSecond> over = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      over.add(second(i, i == seconds - 3 ? null : i == seconds - 2 ? Double.valueOf(800) : 100.0));
    }
    panel.add(over);
    return panel.lines(at(seconds, Set.of(LimitReason.LOOP_DELAY), List.of()), width).stream()
        .map(LivePanel.Line::text)
        .toList();
  }

  @Test
  void panel_of80Columns_hasFiguresAndTheLatestSeconds_theStallHighest_theSilentSecondBlank() {
    List<String> lines = panel(80, 60, true);
    assertThat(lines).allMatch(line -> line.length() <= 80);
    String ttft = lines.stream().filter(line -> line.startsWith("TTFT")).findFirst().orElseThrow();
    assertThat(ttft)
        .isEqualTo("TTFT         200 ms   1200 ms   " + "▁".repeat(32) + " █▁ to 800 ms");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("ITL         20.0 ms         –   "))
        .anyMatch(line -> line.startsWith("tok/s         2,310"))
        .anyMatch(line -> line.startsWith("goodput      97.0 %"))
        .contains("users 5  in flight 4  completed 1234  failed 2 {rate_limited=2}")
        .contains("! the last seconds' figures are the client's own: loop delay");
    assertThat(lines.getFirst()).startsWith("[##----").endsWith("] 60s / 10m00s  hold");
  }

  @Test
  void panel_ofAFewSeconds_drawsThemAtTheRight() {
    String ttft = panel(80, 3, true).get(3);
    assertThat(ttft)
        .isEqualTo("TTFT         200 ms   1200 ms   " + " ".repeat(32) + " █▁ to 800 ms");
  }

  @Test
  void panel_isNeverWiderThanItsTerminal_andLeavesSparklinesOutWhereThereIsNoRoom() {
    for (int width = 20; width <= 240; width++) {
      int columns = width;
      assertThat(panel(width, 200, true)).allMatch(line -> line.length() <= columns);
    }
    assertThat(String.join("", panel(54, 200, true))).doesNotContain("█", "each second");
    assertThat(String.join("", panel(55, 200, true))).contains("█", "each second, last 10 s");
  }

  @Test
  void panel_ofATerminalWithoutBlocks_isAscii() {
    assertThat(String.join("", panel(80, 200, false))).matches("\\p{ASCII}*");
    assertThat(String.join("", panel(24, 200, false))).matches("\\p{ASCII}*");
  }

  @Test
  void update_inPlace_goesBackByTheLinesThatItHasShown_finishClearsThem() {
    LiveView view = new LiveView(out, new LiveStyle(true, false, true), () -> 80);
    view.update(at(1, Set.of(), List.of(second(0, 100.0))));
    String first = shown();
    assertThat(first).doesNotContain(ESCAPE + "[J").contains("TTFT");
    long lines = first.lines().filter(line -> !line.equals(ESCAPE + "[?7h")).count();
    view.update(at(2, Set.of(LimitReason.LOOP_DELAY), List.of(second(1, 100.0))));
    assertThat(shown()).startsWith(ESCAPE + "[" + lines + "A" + ESCAPE + "[J");
    view.finish();
    assertThat(shown()).isEqualTo(ESCAPE + "[" + (lines + 1) + "A" + ESCAPE + "[J");
    view.finish();
    assertThat(shown()).isEmpty();
  }

  @Test
  void update_withColour_isTheSameTextWithoutIt() {
    for (boolean colour : List.of(true, false)) {
      LiveView view = new LiveView(out, new LiveStyle(true, colour, true), () -> 80);
      view.update(at(1, Set.of(LimitReason.LOOP_DELAY), List.of(second(0, 100.0))));
      String text = shown();
      assertThat(text.contains(ESCAPE + "[33m")).isEqualTo(colour);
      assertThat(text.replaceAll(ESCAPE + "\\[[?0-9]*[a-zA-Z]", ""))
          .contains("! the last seconds' figures are the client's own: loop delay")
          .doesNotContain(ESCAPE);
    }
  }

  @Test
  void update_ofALog_isPlain_andSparserTheLongerTheRun() {
    LiveView view = new LiveView(out, LiveStyle.PLAIN, () -> 80);
    for (int i = 1; i <= 2 * 900; i++) {
      view.update(at(i * 0.5, Set.of(), List.of()));
    }
    view.finish();
    String text = shown();
    assertThat(text).doesNotContain(ESCAPE, "\r");
    // 5 to 60 s, to 600 s in steps of 30 s, to 900 s in steps of 60 s.
    assertThat(text.lines()).hasSize(12 + 18 + 5);
    assertThat(text.lines())
        .allMatch(line -> line.contains("ttft_p50=200 ms") && line.contains(" spent=0.1200_USD"));
    assertThat(text.lines().skip(11).limit(2).map(line -> line.substring(0, line.indexOf('/'))))
        .containsExactly("60s", "90s");
  }

  @Test
  void update_ofALog_leavesNoLimitedSecondOut() {
    LiveView view = new LiveView(out, LiveStyle.PLAIN, () -> 80);
    view.update(at(61, Set.of(), List.of()));
    view.update(at(62, Set.of(LimitReason.LOOP_DELAY), List.of()));
    view.update(at(80, Set.of(), List.of()));
    view.update(at(90, Set.of(), List.of()));
    view.update(at(120, Set.of(), List.of()));
    assertThat(shown().lines().map(line -> line.endsWith("CLIENT-LIMITED: loop delay")))
        .containsExactly(false, true, false);
  }

  @Test
  void style_asTheEnvironmentSays() {
    assertThat(LiveStyle.of(true, StandardCharsets.UTF_8, name -> null))
        .isEqualTo(new LiveStyle(true, true, true));
    assertThat(LiveStyle.of(true, StandardCharsets.US_ASCII, Map.of("NO_COLOR", "1")::get))
        .isEqualTo(new LiveStyle(true, false, false));
    assertThat(LiveStyle.of(true, StandardCharsets.UTF_8, Map.of("NO_COLOR", "")::get).colour())
        .isTrue();
    assertThat(LiveStyle.of(true, StandardCharsets.UTF_8, Map.of("TERM", "dumb")::get).inPlace())
        .isFalse();
    assertThat(LiveStyle.of(true, StandardCharsets.UTF_8, Map.of("CI", "true")::get))
        .isEqualTo(LiveStyle.PLAIN);
    assertThat(LiveStyle.of(false, StandardCharsets.UTF_8, name -> null))
        .isEqualTo(LiveStyle.PLAIN);
  }
}
