package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  @Test
  void report_promptsAndAnswersAreScripts_doNothing(Runs runs, Visits visits) throws IOException {
    Path report = runs.hostileTexts().resolve("report.html");

    Visit visit = visits.offline(report, Device.LIGHT);
    visit.openAll();
    visit.scrollThrough();

    Harmless.check(visit);
    assertThat(Files.readString(report)).contains("hostile-texts.jsonl").doesNotContain("hurt");
    JsonNode summary = JsonMapper.shared().readTree(report.resolveSibling("summary.json").toFile());
    assertThat(summary.at("/overall/requests/outcomes/completed").asLong()).isPositive();
    assertThat(summary.at("/overall/tokens/output").asLong()).isGreaterThan(40);
  }
}
