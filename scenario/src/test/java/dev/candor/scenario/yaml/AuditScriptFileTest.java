package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.scenario.AuditScript;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of an audit: read, refused, made shorter. */
final class AuditScriptFileTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path directory;

  private AuditScript read(String text) throws IOException {
    return AuditScriptFile.read(Files.writeString(directory.resolve("script.yaml"), text));
  }

  @Test
  void builtIn_hasEachTrouble_andQuietTimeAtBothEnds() {
    AuditScript script = AuditScriptFile.builtIn();
    assertThat(script.acts())
        .extracting(Act::name)
        .containsExactly(
            "baseline", "429-retry-after", "429", "503-burst", "hang", "cut", "recovery");
    assertThat(script.acts().getFirst().faults()).isEmpty();
    assertThat(script.acts().getLast().faults()).isEmpty();
  }

  @Test
  void read_actWithoutAName_hasItsNumber() throws IOException {
    AuditScript script =
        read(
            """
            mock: {ttft: 10ms, itl: 1ms}
            acts:
              - {for: 2s}
              - {for: 3s, faults: [{fault: error, status: 429, retry_after: 1s, from: 500ms, for: 1s}]}
            """);
    assertThat(script.lastsNanos()).isEqualTo(5 * SECOND);
    assertThat(script.acts().get(1))
        .isEqualTo(
            new Act(
                "act 2",
                3 * SECOND,
                List.of(
                    FaultRule.always(new MockFault.ErrorStatus(429, SECOND, null))
                        .within(new FaultRule.Window(SECOND / 2, SECOND, null)))));
  }

  @Test
  void lasting_shortens_actsWindowsAndWaits() {
    AuditScript script = AuditScriptFile.builtIn();
    AuditScript half = script.lasting(script.lastsNanos() / 2);
    assertThat(half.acts().get(0).lastsNanos()).isEqualTo(4 * SECOND);
    FaultRule told = half.acts().get(1).faults().getFirst();
    assertThat(told.window().lastsNanos()).isEqualTo(5 * SECOND / 2);
    assertThat(told.fault()).isEqualTo(new MockFault.ErrorStatus(429, SECOND, null));
    assertThat(half.acts().get(4).faults().getFirst().fault())
        .isEqualTo(new MockFault.Stall(0, 35 * SECOND / 2));
  }

  @Test
  void read_mistakes_areAllTold_withLineAndKey() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    acts:
                      - {nam: x, for: 2s}
                      - {name: y}
                      - {name: y, for: 3s, faults: [{fault: reset, after: before, from: 4s, for: 1s}]}
                      - {name: z, for: 3s, faults: [{fault: errr}]}
                    mock: {faults: [{fault: html}]}
                    """))
        .hasMessageContaining(
            "script.yaml:2:11: acts[0].nam: unknown key 'nam'; did you mean 'name'")
        .hasMessageContaining("script.yaml:3:5: acts[1]: needs its length, such as for: 10s")
        .hasMessageContaining("acts[2].name: found 'y' a second time")
        .hasMessageContaining("begins at 4s, when its act is over after 3s")
        .hasMessageContaining("acts[3].faults[0].fault: found 'errr'")
        .hasMessageContaining("stand outside of the acts");
  }

  @Test
  void read_noActs_isRefused() {
    assertThatThrownBy(() -> read("mock: {ttft: 10ms}"))
        .hasMessageContaining("needs acts, such as acts: [{name: baseline, for: 10s}]");
  }
}
