package dev.candor.telemetry.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LineProtocolTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.5Z");

  @Test
  void of_everyKind_isALine() {
    Figures figures =
        new Figures(
            AT,
            List.of(
                new Family(
                    "candor_users",
                    "",
                    Family.Kind.GAUGE,
                    List.of(new Sample.Plain(Map.of("run", "a, b=c", "empty", ""), 3))),
                new Family(
                    "candor_itl_seconds",
                    "",
                    Family.Kind.HISTOGRAM,
                    List.of(
                        new Sample.Buckets(
                            Map.of("run", "r"), new double[] {0.5, 1}, new long[] {2, 3, 4}, 7)))));
    assertThat(LineProtocol.of(figures).lines())
        .containsExactly(
            "candor_users,run=a\\,\\ b\\=c value=3.0 1767225600500000000",
            "candor_itl_seconds,run=r 0.5=2.0,1.0=5.0,+Inf=9.0,sum=7.0,count=9.0 1767225600500000000");
  }

  @Test
  void append_textThatWouldBreakALine_isReplaced() {
    StringBuilder line = new StringBuilder();
    LineProtocol.append(line, "a b", Map.of("x", "1\n2\\"), Map.of("n", 5L), 7);
    LineProtocol.append(line, "none", Map.of(), Map.of(), 7);
    assertThat(line.toString()).isEqualTo("a\\ b,x=1_2/ n=5i 7\n");
  }
}
