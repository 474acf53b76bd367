package dev.candor.benchmarks;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.time.Clock;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How a browser takes the report of a long run: its size, how long it takes to open, until the
 * pictures in view are drawn, and how it scrolls. Wall time goes by the machine and what else it
 * does, so that CPU time is said beside it.
 */
final class ReportBench {
  private static final Clock CLOCK = Clock.system();
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;
  private static final int OPENED = 5;

  /**
   * Four hours of 70 requests a second, a fifth of the sessions with three turns; it slows at
   * times.
   */
  private static final String SOAK =
      """
      name: soak
      target:
        mock:
          profile: h100-llama3-8b
          engine: {replicas: 2}
          faults: [{fault: spike, every: 30m, for: 20s, factor: 3}]
      workload:
        mix:
          - {name: chat, input: "lognormal(300, 0.6)", output: "lognormal(24, 0.5)", share: 4}
          - name: talk
            input: "lognormal(600, 0.4)"
            output: "lognormal(30, 0.4)"
            follow_up: 60
            turns: 3
            share: 1
      load:
        - {rate: 50/s, for: 2m, warmup: true}
        - {name: soak, rate: 50/s, for: 4h}
      slo: {ttft: 500ms, itl: 50ms}
      prices: {currency: USD, input: 0.5, cached_input: 0.25, output: 1.5}
      """;

  /**
   * Settles with the milliseconds since the page's start when what is in view is drawn and shown.
   */
  private static final String DRAWN =
      """
      window.opened = new Promise((done) => {
        const inView = (figure) => {
          const box = figure.getBoundingClientRect();
          return box.top < innerHeight && box.bottom > 0;
        };
        const look = () => {
          const drawn = document.readyState === 'complete'
            && [...document.querySelectorAll('figure.picture')]
              .filter(inView)
              .every((figure) => figure.querySelector('canvas'));
          if (drawn) requestAnimationFrame(() => done(performance.now()));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      """;

  /** From the top to the bottom, a tenth of the window a frame: the times between frames in ms. */
  private static final String SCROLLED =
      """
      new Promise((done) => {
        scrollTo(0, 0);
        const frames = [];
        let before = performance.now();
        const next = (now) => {
          frames.push(now - before);
          before = now;
          const y = scrollY;
          scrollBy({ top: innerHeight / 10, behavior: 'instant' });
          if (scrollY === y) done(frames.slice(2).sort((a, b) => a - b));
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      })
      """;

  private ReportBench() {}

  /**
   * @param arguments a run's directory; without one the run is simulated
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      measure(RunDirectory.existing(Path.of(arguments[0])).reportHtml());
      return;
    }
    Path temp = Files.createTempDirectory("candor-report");
    try {
      measure(simulated(temp));
    } finally {
      try (var files = Files.walk(temp)) {
        files.sorted(Comparator.reverseOrder()).forEach(ReportBench::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path simulated(Path temp) throws IOException, InterruptedException {
    Path out = temp.resolve("run");
    Path file =
        Files.writeString(temp.resolve("soak.yaml"), SOAK + "output: {dir: %s}%n".formatted(out));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    long begin = CLOCK.nanoTime();
    long requests =
        ScenarioRun.simulated(scenario, LiveListener.SILENT, List.of(), 1, () -> false)
            .execute()
            .summary()
            .overall()
            .requests()
            .completed();
    System.out.printf(
        Locale.ROOT,
        "simulated: %,d requests in %.1f s%n",
        requests,
        (CLOCK.nanoTime() - begin) / 1e9);
    return RunDirectory.existing(out).reportHtml();
  }

  private static void measure(Path report) throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "report.html: %.2f MB%n", Files.size(report) / 1e6);
    try (Chromium browser = new Chromium(WIDTH, HEIGHT)) {
      var _ = browser.call("Page.enable", Map.of());
      var _ = browser.call("Performance.enable", Map.of("timeDomain", "threadTicks"));
      var _ = browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", DRAWN));
      for (int i = 1; i <= OPENED; i++) {
        open(browser, report, i);
      }
      System.out.printf(
          Locale.ROOT,
          "%,d elements, %d pictures, %,.0f px high%n",
          browser.evaluate("document.querySelectorAll('*').length").asLong(),
          browser.evaluate("document.querySelectorAll('figure.picture').length").asLong(),
          browser.evaluate("document.documentElement.scrollHeight").asDouble());
      scroll(browser, "first scroll, pictures are drawn on the way");
      scroll(browser, "second scroll");
      System.out.printf(
          Locale.ROOT,
          "JavaScript heap %.1f MB%n",
          browser.evaluate("performance.memory.usedJSHeapSize").asDouble() / 1e6);
    }
  }

  private static void open(Chromium browser, Path report, int round) throws InterruptedException {
    var _ = browser.call("Page.navigate", Map.of("url", "about:blank"));
    double before = mainThreadSeconds(browser);
    Duration allBefore = browser.cpu();
    var _ = browser.call("Page.navigate", Map.of("url", report.toUri().toString()));
    double drawn = browser.evaluate("window.opened").asDouble();
    double after = mainThreadSeconds(browser);
    Duration all = browser.cpu().minus(allBefore);
    double loaded =
        browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd").asDouble();
    System.out.printf(
        Locale.ROOT,
        "opened %d: load event after %.0f ms, pictures in view drawn after %.0f ms; CPU of the main thread %.0f ms, of all threads of all processes %d ms%n",
        round,
        loaded,
        drawn,
        1e3 * (after - before),
        all.toMillis());
  }

  /** CPU time of the page's tasks; it starts anew with a new process of the page. */
  private static double mainThreadSeconds(Chromium browser) throws InterruptedException {
    for (JsonNode metric : browser.call("Performance.getMetrics", Map.of()).path("metrics")) {
      if (metric.path("name").asString().equals("TaskDuration")) {
        return metric.path("value").asDouble();
      }
    }
    return Double.NaN;
  }

  private static void scroll(Chromium browser, String what) throws InterruptedException {
    double before = mainThreadSeconds(browser);
    JsonNode frames = browser.evaluate(SCROLLED);
    double cpu = mainThreadSeconds(browser) - before;
    int count = frames.size();
    int slow = 0;
    for (JsonNode frame : frames) {
      slow += frame.asDouble() > 50 ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d frames, p50 %.1f ms, p95 %.1f ms, longest %.0f ms, %d above 50 ms; CPU %.1f ms a frame%n",
        what,
        count,
        frames.path(count / 2).asDouble(),
        frames.path(count * 95 / 100).asDouble(),
        frames.path(count - 1).asDouble(),
        slow,
        1e3 * cpu / count);
  }
}
