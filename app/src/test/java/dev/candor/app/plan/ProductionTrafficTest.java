package dev.candor.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.CandorCommand;
import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductionTrafficTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path temp;

  /**
   * Every hour has one request more than its number, of 1,000 tokens each, of which 250 were
   * cached.
   */
  private Path corpus(int hours, boolean cacheKnown) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      for (int i = 0; i <= hour % 24; i++) {
        rows.add(
            """
            {"call_type": "acompletion", "startTime": "%s", "endTime": "%s", "model": "m", "metadata": {"usage_object": {"prompt_tokens": 1000, "completion_tokens": 50%s}}}"""
                .formatted(
                    MIDNIGHT.plusSeconds(3600L * hour + 60L * i),
                    MIDNIGHT.plusSeconds(3600L * hour + 60L * i + 2),
                    cacheKnown ? ", \"prompt_tokens_details\": {\"cached_tokens\": 250}" : ""));
      }
    }
    Path logs = Files.write(temp.resolve("logs.jsonl"), rows);
    Path file = temp.resolve("prod.parquet");
    assertThat(
            CandorCommand.execute(
                "corpus", "import", logs.toString(), "--out", file.toString(), "--quiet"))
        .isEqualTo(ExitCode.OK);
    return file;
  }

  @Test
  void day_isTheRequestsOfItsHours_andTheHitRateThatOfItsTokens() throws IOException {
    ProductionTraffic traffic = ProductionTraffic.of(corpus(24, true));
    assertThat(traffic.hitRate()).isNotNull().isEqualTo(0.25, within(1e-9));
    assertThat(traffic.daily()).hasSize(24).startsWith(1.0, 2.0, 3.0).endsWith(23.0, 24.0);
  }

  @Test
  void severalDays_areAddedUpByTheHour() throws IOException {
    assertThat(ProductionTraffic.of(corpus(48, true)).daily())
        .hasSize(24)
        .startsWith(2.0, 4.0)
        .endsWith(48.0);
  }

  @Test
  void lessThanADay_tellsNothingOfTheRest() throws IOException {
    ProductionTraffic traffic = ProductionTraffic.of(corpus(20, false));
    assertThat(traffic.daily()).isEmpty();
    assertThat(traffic.hitRate()).isNull();
  }
}
