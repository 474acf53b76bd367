package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Workload;
import dev.candor.workload.arrival.RowTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceTimesTest {
  private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  private static final String MOONCAKE =
      """
      {"timestamp": 5000, "input_length": 10, "output_length": 1, "hash_ids": [1]}
      {"timestamp": 5000, "input_length": 9000, "output_length": 1, "hash_ids": [1]}
      {"timestamp": 5000.5, "input_length": 11, "output_length": 1, "hash_ids": [1]}
      """;

  @TempDir Path temp;

  private TraceLengths read(
      Workload.TraceFormat format, String text, int limit, int maxInput, boolean timed)
      throws IOException {
    Path file = Files.writeString(temp.resolve("t"), text);
    return TraceLengths.read(
        new Workload.Trace(file, format, limit, maxInput), timed, new ArrayList<>());
  }

  private List<Long> times(Workload.TraceFormat format, String text, int limit, int maxInput)
      throws IOException {
    RowTimes times = Objects.requireNonNull(read(format, text, limit, maxInput, true).times());
    return IntStream.range(0, times.size()).mapToObj(times::atNanos).toList();
  }

  @Test
  void azure_isSinceTheFirstRow_toTheHundredNanoseconds() throws IOException {
    assertThat(
            times(
                Workload.TraceFormat.AZURE,
                AZURE
                    + "2023-11-16 23:59:59.9799600,10,5\n"
                    + "2023-11-17 00:00:00,10,5\n"
                    + "2023-11-17 00:00:01.0000001,10,5\n",
                0,
                0))
        .containsExactly(0L, 20_040_000L, 1_020_040_100L);
  }

  @Test
  void azure_withAnOffset_isAnInstant() throws IOException {
    assertThat(
            times(
                Workload.TraceFormat.AZURE,
                AZURE + "2024-05-10 00:00:00.5+00:00,10,5\n2024-05-10 02:00:01+02:00,10,5\n",
                0,
                0))
        .containsExactly(0L, 500_000_000L);
  }

  @Test
  void mooncake_rowsLeftOut_haveNoTime_butTheFirstRowIsStillZero() throws IOException {
    assertThat(times(Workload.TraceFormat.MOONCAKE, MOONCAKE, 0, 100))
        .containsExactly(0L, 500_000L);
    assertThat(times(Workload.TraceFormat.MOONCAKE, MOONCAKE, 2, 0)).containsExactly(0L, 0L);
    assertThat(
            times(
                Workload.TraceFormat.MOONCAKE,
                MOONCAKE.lines().skip(1).findFirst().orElseThrow()
                    + "\n"
                    + MOONCAKE.replace("5000", "6000"),
                0,
                100))
        .containsExactly(1_000_000_000L, 1_000_500_000L);
  }

  @Test
  void manyRows_allHaveTheirTime() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(
          "{\"timestamp\": %d, \"input_length\": 9, \"output_length\": 1, \"hash_ids\": []}\n"
              .formatted(i));
    }
    List<Long> times = times(Workload.TraceFormat.MOONCAKE, text.toString(), 0, 0);
    assertThat(times).hasSize(5_000);
    assertThat(times.getLast()).isEqualTo(4_999_000_000L);
  }

  @Test
  void times_thatGoBack_areAMistakeWithTheirLine_whereTheyAreNeeded() throws IOException {
    String back = AZURE + "2023-11-16 18:00:01,10,5\n2023-11-16 18:00:00,10,5\n";
    assertThatThrownBy(() -> times(Workload.TraceFormat.AZURE, back, 0, 0))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("t:3: found the time 2023-11-16 18:00:00, which is earlier");
    String swapped = MOONCAKE.lines().skip(2).findFirst().orElseThrow() + "\n" + MOONCAKE;
    assertThatThrownBy(() -> times(Workload.TraceFormat.MOONCAKE, swapped, 0, 0))
        .hasMessageContaining("t:2: found the time 5000, which is earlier");
    assertThat(read(Workload.TraceFormat.AZURE, back, 0, 0, false).times()).isNull();
  }

  @Test
  void times_thatAreNone_areAMistakeWithTheirLine() {
    assertThatThrownBy(() -> times(Workload.TraceFormat.AZURE, AZURE + "yesterday,10,5\n", 0, 0))
        .hasMessageContaining("t:2: found the time 'yesterday'");
    assertThatThrownBy(
            () ->
                times(
                    Workload.TraceFormat.MOONCAKE,
                    MOONCAKE.replace("\"timestamp\"", "\"ts\""),
                    0,
                    0))
        .hasMessageContaining("t:1: has no timestamp in milliseconds");
  }
}
