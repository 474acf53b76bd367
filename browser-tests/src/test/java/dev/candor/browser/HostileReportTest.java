package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names, tags, models, addresses and errors that would be scripts are shown, and do nothing. */
@ExtendWith(BrowserExtension.class)
final class HostileReportTest {
  private static final String NAME =
      "</title></style><script>window.hurt='name'</script><!--<script>";

  @Test
  void report_namesAreScripts_areShownAndDoNothing(Runs runs, Visits visits) {
    Path report = runs.hostile().resolve("report.html");

    Visit visit = visits.offline(report, Device.LIGHT);
    visit.openAll();
    visit.scrollThrough();

    Harmless.check(visit);
    assertThat(visit.requests()).isEqualTo(List.of(report.toUri().toString()));
    assertThat(visit.page().title()).isEqualTo(NAME + " – Candor");
    assertThat(visit.page().locator("h1").textContent()).isEqualTo(NAME);
    assertThat(visit.page().locator("main").textContent())
        .contains("window.hurt='target'")
        .contains("window.hurt='machine'")
        .contains("window.hurt='model'")
        .contains("window.hurt='phase'");
  }
}
