package dev.candor.browser;

import com.microsoft.playwright.options.LoadState;

/** The views of the dashboard that need no server but itself. */
enum View {
  RUNS("/"),
  RUN("/runs/everything"),
  START("/start?scenario=everything.yaml"),
  COMPARE("/compare?run=everything&run=again"),
  TRENDS("/trends?tag=everything&figure=ttft.p99"),
  MOCK("/mock");

  final String path;

  View(String path) {
    this.path = path;
  }

  Visit open(Served served, Visits visits, Device device) {
    return open(path, served, visits, device);
  }

  /** Opened, with all that it asks for there. */
  static Visit open(String path, Served served, Visits visits, Device device) {
    Visit visit = visits.online(served.url(path), device);
    visit.page().waitForLoadState(LoadState.NETWORKIDLE);
    visit.page().waitForFunction("() => !document.querySelector('[aria-busy=true]')");
    visit.scrollThrough();
    return visit;
  }
}
