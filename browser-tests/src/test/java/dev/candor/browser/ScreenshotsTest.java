package dev.candor.browser;

import com.microsoft.playwright.options.LoadState;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes docs/screenshots anew, when asked to: {@code mvn -pl browser-tests -am
 * -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false -Dcandor.screenshots=true test}.
 */
@EnabledIfSystemProperty(named = "candor.screenshots", matches = "true")
@ExtendWith(BrowserExtension.class)
final class ScreenshotsTest {
  private static final Path FOLDER = Path.of("../docs/screenshots");

  /** Where a report is scrolled to, by the name of the picture. */
  private record Place(String name, String selector) {}

  private static final List<Place> OF_A_RUN =
      List.of(
          new Place("report", "html"),
          new Place("report-hidden", "#hidden"),
          new Place("report-requests", "#requests-one-by-one"),
          new Place("report-server", "#server-pictures"),
          new Place("report-cost", "#cost-pictures"));

  private static final String LIVE =
      """
      name: live
      target: {ignore_eos: true, mock: {profile: h100-llama3-8b, engine: {max_num_seqs: 8}}}
      workload: {mix: [{name: chat, input: "uniform(50, 200)", output: 40}]}
      load:
        - {name: warm, users: 2, for: 3s, warmup: true}
        - {name: ramp, users: 16, ramp_from: 2, for: 60s}
        - {name: hold, users: 16, for: 10m}
      slo: {ttft: 500ms}
      """;

  private static final Map<String, String> VIEWS =
      Map.of(
          "runs", "/",
          "run", "/runs/everything-7",
          "start", "/start?scenario=everything.yaml",
          "compare", "/compare?run=everything-6&run=everything-7",
          "trends", "/trends?figure=ttft.p99&tag=everything");

  private final Screenshots screenshots = new Screenshots(FOLDER);

  ScreenshotsTest() throws IOException {}

  @Test
  void reports(Runs runs, Visits visits) throws IOException {
    for (Device device : Screenshots.DEVICES) {
      Visit run = visits.offline(runs.everything().resolve("report.html"), device);
      run.scrollThrough();
      for (Place place : OF_A_RUN) {
        take(run, place, device);
      }
      Visit sweep = visits.offline(runs.sweep().resolve("report.html"), device);
      sweep.scrollThrough();
      take(sweep, new Place("report-saturation", "#saturation"), device);
    }
  }

  private void take(Visit visit, Place place, Device device) throws IOException {
    visit.page().locator(place.selector()).first().evaluate("e => e.scrollIntoView()");
    visit.page().waitForTimeout(200);
    screenshots.take(place.name(), device, visit);
  }

  @Test
  void dashboard(Runs runs, Visits visits) throws Exception {
    try (Served served = Served.of(runs.forShow())) {
      for (Device device : Screenshots.DEVICES) {
        for (Map.Entry<String, String> view : VIEWS.entrySet()) {
          Visit visit = View.open(view.getValue(), served, visits, device);
          if (view.getKey().equals("start")) {
            visit.page().locator("#estimate").click();
            visit.page().locator("#estimated pre").waitFor();
            visit.page().evaluate("() => scrollTo(0, 0)");
          }
          visit.page().waitForTimeout(300);
          screenshots.take(view.getKey(), device, visit);
        }
      }
      mock(served, visits);
      liveRun(served, visits);
    }
  }

  private void mock(Served served, Visits visits) throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(MockSettings.DEFAULT, 1))) {
      String address = "http://127.0.0.1:" + mock.port();
      for (Device device : Screenshots.DEVICES) {
        Visit visit = visits.online(served.url("/mock?url=" + Served.encoded(address)), device);
        visit.page().locator("#figures > *").first().waitFor();
        screenshots.take("mock", device, visit);
      }
    }
  }

  private void liveRun(Served served, Visits visits) throws Exception {
    String body = JsonMapper.shared().writeValueAsString(Map.of("scenario", LIVE, "yes", true));
    String id =
        JsonMapper.shared().readTree(served.post("/api/runs", body).body()).path("id").asString();
    var _ = served.until(id, run -> run.path("target").isString());
    visits.visit(Device.LIGHT).page().waitForTimeout(40_000);
    for (Device device : Screenshots.DEVICES) {
      Visit visit = visits.online(served.url("/runs/" + id), device);
      visit.page().waitForLoadState(LoadState.LOAD);
      visit.page().locator("#live-goodput canvas").first().waitFor();
      visit.page().waitForTimeout(1_500);
      screenshots.take("live", device, visit);
    }
    var _ = served.post("/api/runs/" + id + "/stop", "{}");
    var _ = served.untilFinished(id);
  }
}
