package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A run from its page: started, watched, stopped, compared. */
@ExtendWith(BrowserExtension.class)
final class DashboardRunTest {
  /** Longer than anybody watches: it is stopped. */
  private static final String SCENARIO =
      """
      name: watched
      seed: 3
      target: {mock: {ttft: "lognormal(60ms, 0.3)", itl: 5ms}}
      workload: {mix: [{name: chat, input: 40, output: 20}]}
      load:
        - {name: warm, users: 2, for: 1s, warmup: true}
        - {name: hold, users: 4, for: 10m}
      slo: {ttft: 2s}
      """;

  @Test
  void run_startedWatchedStoppedCompared(Served served, Visits visits) throws Exception {
    Visit visit = visits.online(served.url("/start"), Device.LIGHT);
    Page page = visit.page();

    page.locator("#text").fill(SCENARIO);
    page.locator("#tags").fill("from-the-page");
    page.locator("#estimate").click();
    page.locator("#estimated pre").waitFor();
    assertThat(page.locator("#estimated pre").innerText()).contains("requests");

    page.locator("#go").click();
    page.waitForURL("**/runs/*");
    String id = page.url().substring(page.url().lastIndexOf('/') + 1);
    page.locator("#live-ttft canvas").first().waitFor();
    page.waitForFunction("() => " + DRAWN_SECONDS + " >= 3");

    Pictures pictures = new Pictures(page);
    visit.scrollThrough();
    assertThat(pictures.notDrawn()).isEmpty();
    JsonNode users = pictures.drawn("live-flight");
    assertThat(users.toString()).contains("\"users\"");
    assertThat(page.locator(".where").innerText())
        .contains("of 10")
        .containsPattern("phase (warm|hold)");
    Number before = (Number) visit.says("() => " + DRAWN_SECONDS);
    page.waitForFunction("() => %s > %s".formatted(DRAWN_SECONDS, before));
    assertThat(visit.messages()).isEmpty();

    page.getByText("Stop the run").click();
    page.locator("dialog").getByText("Stop it").click();
    page.locator("iframe.report").waitFor();

    JsonNode ended = served.untilFinished(id);
    assertThat(ended.path("verdict").asString()).isIn("interrupted", "invalid");
    assertThat(ended.path("tags").toString()).contains("from-the-page");
    assertThat(ended.at("/figures/requests").asLong()).isPositive();
    assertThat(page.locator(".verdict").first().innerText())
        .contains(ended.path("verdict_reason").asString());
    assertThat(visit.messages()).isEmpty();

    page.getByText("Compare it").click();
    page.waitForURL("**/compare?run=*");
    page.locator("#add").selectOption("everything");
    page.locator("#compared tbody tr").first().waitFor();
    assertThat(page.url()).contains("run=" + id).contains("run=everything");
    assertThat(page.locator("#compared").innerText()).contains("watched").contains("everything");
  }

  /** How many seconds the picture of TTFT shows. */
  private static final String DRAWN_SECONDS =
      "(echarts.getInstanceByDom(document.querySelector('#live-ttft .plot'))"
          + "?.getOption().series[0].data.length ?? 0)";

  @Test
  void start_scenarioIsWrong_saysTheLineAndStartsNothing(Served served, Visits visits)
      throws Exception {
    int before = served.json("/api/runs").path("runs").size();
    Visit visit = visits.online(served.url("/start"), Device.LIGHT);

    visit.page().locator("#text").fill("name: wrong\nload: [{users: 2, fro: 1s}]\n");
    visit.page().locator("#go").click();
    visit.page().locator("#problem .problem").waitFor();

    assertThat(visit.page().locator("#problem").innerText()).contains("line 2").contains("fro");
    assertThat(served.json("/api/runs").path("runs").size()).isEqualTo(before);
  }
}
