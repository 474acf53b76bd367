package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, tags, files and addresses that would be scripts are shown, and do nothing. */
@ExtendWith(BrowserExtension.class)
final class HostileDashboardTest {
  private static final String TAG = "<img src=x onerror=\"window.hurt='tag'\" data-hurt>";
  private static final String ELEMENT = "<img src=x onerror=window.hurt='address' data-hurt>";

  private static Visit opened(String path, Served served, Visits visits) {
    Visit visit = visits.online(served.url(path), Device.LIGHT);
    visit.page().waitForLoadState(LoadState.NETWORKIDLE);
    visit.page().waitForFunction("() => !document.querySelector('[aria-busy=true]')");
    visit.openAll();
    visit.scrollThrough();
    return visit;
  }

  @Test
  void runs_namesAreScripts_areShownAndDoNothing(Served served, Visits visits) {
    Visit visit = opened("/?tag=" + Served.encoded(TAG), served, visits);

    Harmless.check(visit);
    assertThat(visit.page().locator("tbody tr").count()).isEqualTo(2);
    assertThat(visit.page().locator("tbody").textContent())
        .contains("window.hurt='name'")
        .contains("window.hurt='tag'")
        .contains(Runs.HOSTILE_FILE);
  }

  @Test
  void run_namesAreScripts_areShownAndDoNothing(Served served, Visits visits) {
    Visit visit = opened("/runs/" + Served.encoded(Runs.HOSTILE_FILE), served, visits);

    Harmless.check(visit);
    assertThat(visit.page().locator("h1").first().textContent()).contains("window.hurt='name'");
    assertThat(visit.page().frames()).hasSize(2);
    var report = visit.page().frames().getLast();
    report.locator("figure.picture").first().waitFor();
    assertThat(report.evaluate("() => window.hurt ?? null")).isNull();
    assertThat(report.locator("[data-hurt]").count()).isZero();
  }

  @Test
  void run_promptsAndAnswersAreScripts_doNothing(Served served, Visits visits) {
    Visit visit = opened("/runs/hostile-texts", served, visits);

    Harmless.check(visit);
    assertThat(visit.page().content()).contains("hostile-texts").doesNotContain("hurt=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/compare?run=hostile&run=everything",
        "/trends?figure=ttft.p50",
        "/start?scenario=",
        "/start?run=hostile"
      })
  void view_ofHostileRuns_doesNothing(String path, Served served, Visits visits) {
    String whole =
        path.endsWith("scenario=") ? path + Served.encoded(Runs.HOSTILE_FILE + ".yaml") : path;

    Visit visit = opened(whole, served, visits);

    Harmless.check(visit);
    Page page = visit.page();
    String shown =
        page.locator("main").textContent()
            + page.evaluate("() => document.querySelector('textarea')?.value ?? ''");
    assertThat(shown).contains("window.hurt='name'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/",
        "/?q=",
        "/?tag=",
        "/compare?run=everything&run=",
        "/trends?figure=ttft.p99&tag=",
        "/trends?figure=",
        "/start?scenario=",
        "/start?tags=",
        "/mock?url="
      })
  void address_isAScript_doesNothing(String path, Served served, Visits visits) {
    Visit visit = opened(path + Served.encoded(ELEMENT), served, visits);

    assertThat(visit.says("() => window.hurt ?? null")).isNull();
    assertThat(visit.count("[data-hurt]")).isZero();
    assertThat(visit.dialogs()).isEmpty();
    assertThat(visit.requests()).allMatch(url -> url.startsWith(served.url("/")));
  }

  @Test
  void mock_addressIsAScript_isNoLink(Served served, Visits visits) {
    Visit visit = opened("/mock?url=" + Served.encoded("javascript:window.hurt=1"), served, visits);

    assertThat(visit.count("[href^='javascript']")).isZero();
    assertThat(visit.says("() => window.hurt ?? null")).isNull();
  }
}
