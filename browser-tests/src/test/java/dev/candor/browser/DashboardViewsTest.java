package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each view of the dashboard, by its address. */
@ExtendWith(BrowserExtension.class)
final class DashboardViewsTest {

  @ParameterizedTest
  @EnumSource
  void view_opened_isQuietAndAsksNobodyElse(View view, Served served, Visits visits) {
    Visit visit = view.open(served, visits, Device.LIGHT);

    assertThat(visit.messages()).isEmpty();
    assertThat(visit.requests()).allMatch(url -> url.startsWith(served.url("/")));
    assertThat(visit.page().title()).endsWith("Candor");
    assertThat(visit.page().locator("main .problem:visible").allInnerTexts()).isEmpty();
    assertThat(Reflow.tooWide(visit.page())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void view_axeLooks_findsNothingGrave(View view, Served served, Visits visits) {
    Visit visit = view.open(served, visits, Device.LIGHT);
    assertThat(Axe.findings(visit.page())).as("light").isEmpty();

    visit.says("() => document.documentElement.dataset.theme = 'dark'");
    assertThat(Axe.findings(visit.page())).as("dark").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void view_narrow_doesNotScrollSideways(View view, Served served, Visits visits) {
    assertThat(Reflow.tooWide(view.open(served, visits, Device.NARROW).page())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void view_byKeyboard_reachesEveryControl(View view, Served served, Visits visits) {
    assertThat(Keyboard.problems(view.open(served, visits, Device.LIGHT).page())).isEmpty();
  }

  @Test
  void runs_filteredByTag_areThoseOfTheAddress(Served served, Visits visits) {
    Visit visit = visits.online(served.url("/?tag=everything"), Device.LIGHT);
    visit.page().locator("tbody tr").first().waitFor();

    assertThat(visit.page().locator("tbody tr th a").allInnerTexts())
        .isEqualTo(List.of("everything", "everything"));
  }

  @Test
  void runs_twoSelected_areComparedSideBySide(Served served, Visits visits) throws Exception {
    Visit visit = visits.online(served.url("/"), Device.LIGHT);
    Page page = visit.page();
    page.locator("[id='select-everything']").check();
    page.locator("[id='select-again']").check();

    page.locator("#compare").click();
    page.locator("#compared tbody tr").first().waitFor();

    assertThat(page.url()).contains("run=everything").contains("run=again");
    double measured = served.json("/api/runs/everything").at("/figures/output_tps").asDouble();
    assertThat(page.locator("#compared").innerText())
        .contains("%.0f".formatted(measured).replaceAll("(\\d)(\\d{3})$", "$1,$2"));
    assertThat(new Pictures(page).notDrawn()).isEmpty();
    assertThat(page.locator("#compared figure").count()).isPositive();
  }

  @Test
  void finishedRun_opened_hasItsReportInAFrameThatReachesNothing(Served served, Visits visits) {
    Visit visit = View.RUN.open(served, visits, Device.LIGHT);
    var frame = visit.page().frames().getLast();
    visit.page().locator("iframe").scrollIntoViewIfNeeded();
    frame.locator("figure.picture").first().scrollIntoViewIfNeeded();
    frame.locator("figure.picture canvas").first().waitFor();

    assertThat(frame.url()).endsWith("/runs/everything/files/report.html");
    assertThat(frame.evaluate("() => location.origin === 'null' || window.origin"))
        .isEqualTo("null");
    assertThat(
            frame.evaluate(
                "() => { try { return parent.document.title } catch (e) { return e.name } }"))
        .isEqualTo("SecurityError");
    assertThat(visit.messages()).isEmpty();
  }
}
