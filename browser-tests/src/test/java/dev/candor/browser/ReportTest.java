package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** report.html as its readers open it: from a file, without a network. */
@ExtendWith(BrowserExtension.class)
final class ReportTest {

  @ParameterizedTest
  @EnumSource(Device.class)
  void report_opened_saysNothingToTheConsoleAndAsksForNothing(
      Device device, Runs runs, Visits visits) {
    Path report = runs.everything().resolve("report.html");

    Visit visit = visits.offline(report, device);
    visit.scrollThrough();

    assertThat(visit.messages()).isEmpty();
    assertThat(visit.requests()).isEqualTo(List.of(report.toUri().toString()));
    assertThat(visit.page().title()).startsWith("everything");
  }
}
