package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Bin;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import dev.candor.analysis.Summary;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.report.console.ClientFigures;
import dev.candor.report.console.EarlyWarningTable;
import dev.candor.report.console.FidelityTable;
import dev.candor.report.console.Figures;
import dev.candor.report.console.RetryRows;
import dev.candor.report.console.SessionRows;
import dev.candor.report.console.ThresholdWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes report.html: one file without a script or a reference to anything outside it, so that it
 * opens offline and can be mailed.
 */
public final class HtmlReport {
  private static final int ROWS_SHOWN = 600;
  private static final int BANDS_LISTED = 20;

  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  /**
   * Writes the report.
   *
   * @param settings the scenario as resolved, secrets out
   */
  public static void write(Analysis analysis, String settings, Path file) throws IOException {
    Files.writeString(file, new HtmlReport().page(analysis, settings, file));
  }

  private String page(Analysis analysis, String settings, Path file) throws IOException {
    Summary s = analysis.summary();
    html.append("<!doctype html><html lang=en><meta charset=utf-8>")
        .append("<meta name=viewport content=\"width=device-width,initial-scale=1\">")
        .append(
            "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<title>")
        .append(Html.escape(s.scenario()))
        .append(" – Candor</title><style>")
        .append(css())
        .append("</style><main>");
    head(analysis);
    Saturation saturation = s.saturation();
    html.append(saturation == null ? "" : SaturationSection.of(saturation));
    html.append(PlanSection.beside(file));
    pictures(analysis);
    html.append(ServerTimeline.of(analysis)).append(ServerTables.of(s));
    Drift drift = s.drift();
    html.append(drift == null ? "" : DriftSection.of(drift)).append(CostSection.of(analysis));
    for (Summary.Phase phase : s.phases()) {
      tables(phase);
    }
    if (s.phases().size() > 1) {
      tables(s.overall());
    }
    conversations(s.overall().sessions());
    whereTheTimeWent(s.overall().http());
    targets(s.overall().targets());
    fidelity(s.fidelity());
    earlyWarning(s.earlyWarning());
    thresholds(s);
    list("What to know", s.notes());
    html.append(
            "<section><h2>Settings</h2><p class=see>The scenario as it was resolved, secrets left out.</p><pre>")
        .append(Html.escape(settings))
        .append("</pre></section></main></html>\n");
    return html.toString();
  }

  private void head(Analysis analysis) {
    Summary s = analysis.summary();
    html.append("<header><p class=kicker>Candor ")
        .append(Html.escape(s.candor()))
        .append("</p><h1>")
        .append(Html.escape(s.scenario()))
        .append("</h1><p class=\"verdict ")
        .append(s.verdict().key())
        .append("\">")
        .append(Html.escape(s.verdictReason()))
        .append("</p><p class=see>")
        .append(
            Html.escape(
                "%s, model %s, %s, seed %d, %s"
                    .formatted(
                        analysis.run().target(),
                        analysis.run().model(),
                        analysis.run().start().truncatedTo(ChronoUnit.SECONDS),
                        s.seed(),
                        analysis.run().machine())))
        .append("</p></header><section class=four>");
    Summary.Phase all = s.overall();
    tail("TTFT", all.latency().get("ttft"));
    if (analysis.windows().stream().anyMatch(HtmlReport::waitedToBeSent)) {
      tail("TTFT from intent", all.latency().get("ttft_intended"));
    }
    tail("ITL", all.latency().get("itl"));
    figure("Output", Figures.number(all.rates().outputTps()) + " tok/s");
    figure(
        all.goodput().slo().isEmpty() ? "Completed (no SLO)" : "Goodput",
        all.goodput().ratio() == null ? "n/a" : Figures.percent(all.goodput().ratio()));
    html.append("</section>");
  }

  /** The highest percentile up to p99 that the sample is large enough for. */
  private void tail(String name, Summary.@Nullable Latency latency) {
    if (latency == null || latency.p50() == null) {
      figure(name + " p99", "n/a");
    } else if (latency.p99() != null) {
      figure(name + " p99", Figures.ms(latency.p99()));
    } else if (latency.p95() != null) {
      figure(name + " p95", Figures.ms(latency.p95()));
    } else if (latency.p90() != null) {
      figure(name + " p90", Figures.ms(latency.p90()));
    } else {
      figure(name + " p50", Figures.ms(latency.p50()));
    }
  }

  private void figure(String name, String value) {
    html.append("<div><span>").append(name).append("</span><b>").append(value).append("</b></div>");
  }

  private void pictures(Analysis analysis) {
    List<Window> w = analysis.windows();
    LineChart ttft =
        new LineChart(w, "ms")
            .line("p50", "s1", Window::ttftP50)
            .line("max", "s2", Window::ttftMax);
    if (w.stream().anyMatch(HtmlReport::waitedToBeSent)) {
      ttft.line("p50 from intent: with the wait to be sent", "s3", Window::ttftIntendedP50);
    }
    picture(
        "Time to first token",
        "Each second's first tokens: half came faster than the p50 line.",
        ttft.svg("TTFT over time"));
    picture(
        "Inter-token latency",
        "A rise with steady load means that the server's batches grow; a spike is a stall that every user saw.",
        new LineChart(w, "ms")
            .line("p50", "s1", Window::itlP50)
            .line("p99", "s2", Window::itlP99)
            .svg("ITL over time"));
    picture(
        "Throughput",
        "Tokens in the second in which they arrived.",
        new LineChart(w, "tok/s")
            .line("output tokens", "s3", window -> window.outputTps())
            .svg("Output tokens per second over time"));
    picture(
        "Requests",
        "In flight, and how many ended or failed in each second.",
        new LineChart(w, "")
            .line("in flight", "s1", window -> window.inFlight())
            .line("ended", "s3", window -> (double) window.ended())
            .line("failed", "s2", window -> (double) window.failed())
            .svg("Requests over time"));
    if (w.stream().anyMatch(window -> window.attempts() != null)) {
      picture(
          "Attempts",
          "What the target was asked in each second, and what it would have been asked had nothing been tried again.",
          new LineChart(w, "")
              .line("attempts", "s2", HtmlReport::attempts)
              .line("requests", "s1", window -> (double) window.arrivals())
              .svg("Attempts per second over time"));
    }
    client(w);
    seconds(w);
    distribution(analysis, "ttft", "TTFT distribution", "s1");
    distribution(analysis, "itl", "ITL distribution", "s3");
  }

  private static @Nullable Double attempts(Window window) {
    Integer attempts = window.attempts();
    return attempts == null ? null : Double.valueOf(attempts);
  }

  private void client(List<Window> windows) {
    html.append("<section><h2>The client itself</h2><p class=see>")
        .append(
            "How late Candor was in each second. Where it was too late, the figures are its own and not the server's: ")
        .append("those seconds are shaded in every picture, with the reason in their tooltip.</p>")
        .append(
            new LineChart(windows, "ms")
                .line("event loop late, p99", "s1", Window::loopDelayP99)
                .line("sends late, p99", "s2", Window::sendLatenessP99)
                .line("longest JVM stop", "s3", HtmlReport::longestStop)
                .svg("How late the client was over time"));
    List<String> limited =
        Band.of(windows).stream().filter(Band::limited).map(Band::words).toList();
    if (!limited.isEmpty()) {
      html.append("<ul class=bands>");
      limited.stream().limit(BANDS_LISTED).forEach(this::item);
      if (limited.size() > BANDS_LISTED) {
        item("and %d more".formatted(limited.size() - BANDS_LISTED));
      }
      html.append("</ul>");
    }
    html.append("</section>");
  }

  private void item(String text) {
    html.append("<li>").append(Html.escape(text)).append("</li>");
  }

  /** Of all threads or, where a collector let one wait for memory, of one. */
  private static @Nullable Double longestStop(Window window) {
    Double stop = window.stopMax() == null ? window.gcMax() : window.stopMax();
    Double stall = window.allocationStallMax();
    return stop == null || stall == null ? stop : Double.valueOf(Math.max(stop, stall));
  }

  /** Whether users waited for more than the server: otherwise both lines are one. */
  private static boolean waitedToBeSent(Window window) {
    Double sent = window.ttftP50();
    Double intended = window.ttftIntendedP50();
    return sent != null && intended != null && intended > 1.1 * sent;
  }

  private void picture(String title, String see, String svg) {
    html.append("<section><h2>")
        .append(title)
        .append("</h2><p class=see>")
        .append(see)
        .append("</p>")
        .append(svg)
        .append("</section>");
  }

  private void distribution(Analysis analysis, String key, String title, String style) {
    List<Bin> bins = analysis.distributions().getOrDefault(key, List.of());
    if (!bins.isEmpty()) {
      picture(
          title,
          "All measured samples; two humps are two kinds of request or two states of the server.",
          BarChart.svg(bins, style, title));
    }
  }

  private void seconds(List<Window> windows) {
    List<List<String>> rows = new ArrayList<>();
    for (Window w : windows.subList(0, Math.min(ROWS_SHOWN, windows.size()))) {
      rows.add(
          List.of(
              Integer.toString(w.second()),
              w.phase(),
              cell(w.ttftP50()),
              cell(w.itlP50()),
              cell(w.itlP99()),
              alive(w, Figures.number(w.outputTps())),
              alive(w, Figures.number(w.inFlight())),
              alive(w, Integer.toString(w.ended())),
              alive(w, Integer.toString(w.failed())),
              w.dead() ? "lost: the run's process was dead" : LimitReason.words(w.limits())));
    }
    html.append("<section><details><summary>The same, second by second</summary>");
    table(
        List.of(
            "second",
            "phase",
            "TTFT p50",
            "ITL p50",
            "ITL p99",
            "tok/s",
            "in flight",
            "ended",
            "failed",
            "client limited by"),
        rows);
    html.append("</details></section>");
  }

  /** Nothing is known of a second that was lost, and nothing is not zero. */
  private static String alive(Window window, String figure) {
    return window.dead() ? "n/a" : figure;
  }

  private void tables(Summary.Phase p) {
    html.append("<section><h2>")
        .append(Html.escape(p.name()))
        .append("</h2><p class=see>")
        .append(
            Html.escape(
                p.kind()
                    + (p.users() == null ? "" : ", " + p.users() + " users")
                    + (p.rate() == null ? "" : ", " + Figures.number(p.rate()) + " requests/s")))
        .append(", ")
        .append(Figures.number(p.durationS()))
        .append(" s</p>");
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Summary.Latency> entry : p.latency().entrySet()) {
      Summary.Latency l = entry.getValue();
      boolean rate = entry.getKey().equals("output_tps_user");
      // HTTP phases have a section of their own.
      if (l.count() > 0 && !entry.getKey().startsWith("http_")) {
        rows.add(
            List.of(
                entry.getKey() + (rate ? " (tok/s)" : ""),
                Long.toString(l.count()),
                value(l.mean(), l, rate, true),
                value(l.p50(), l, rate, true) + interval(l, "p50"),
                value(l.p90(), l, rate, l.p50() != null),
                value(l.p95(), l, rate, l.p90() != null),
                value(l.p99(), l, rate, l.p95() != null) + interval(l, "p99"),
                value(l.p999(), l, rate, l.p99() != null),
                value(l.max(), l, rate, true)));
      }
    }
    table(
        List.of(
            "latency", "samples", "mean", "p50 [95 %]", "p90", "p95", "p99 [95 %]", "p99.9", "max"),
        rows);
    Summary.Requests r = p.requests();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("requests", Figures.sum(r)));
    facts.add(List.of("outcomes", Figures.counts(r.outcomes())));
    RetryRows.of(p).forEach(row -> facts.add(List.of(row.label(), row.text())));
    facts.add(
        List.of(
            "held back by the cap",
            "%d, of which %d never sent".formatted(r.heldBack(), r.neverSent())));
    facts.add(
        List.of(
            "throughput",
            "%s tok/s out, %s tok/s in (%s uncached)"
                .formatted(
                    Figures.number(p.rates().outputTps()),
                    Figures.number(p.rates().inputTps()),
                    Figures.number(p.rates().inputTpsUncached()))));
    facts.add(
        List.of(
            "requests a second",
            "%s offered, %s sent, %s completed; %s in flight (mean)"
                .formatted(
                    Figures.number(p.rates().offered()),
                    Figures.number(p.rates().admitted()),
                    Figures.number(p.rates().requests()),
                    Figures.number(p.rates().concurrency()))));
    p.goodput()
        .slo()
        .forEach((target, share) -> facts.add(List.of("SLO " + target, Figures.percent(share))));
    facts.add(
        List.of(
            "tokens",
            "%s in (%s cached), %s out, counted by %s"
                .formatted(
                    Figures.number(p.tokens().input()), Figures.number(p.tokens().inputCached()),
                    Figures.number(p.tokens().output()), p.tokens().source())));
    facts.add(List.of("cache hit rate", Figures.cache(p.cache())));
    facts.add(
        List.of(
            "wasted tokens",
            "%s in, %s out"
                .formatted(
                    Figures.number(p.tokens().wastedInput()),
                    Figures.number(p.tokens().wastedOutput()))));
    if (p.tokens().inputAsked() > 0) {
      facts.add(
          List.of(
              "prompt tokens",
              "%s asked for by our tokenizer, %s counted by the server"
                  .formatted(
                      Figures.number(p.tokens().inputAsked()),
                      Figures.number(p.tokens().inputCounted()))));
    }
    Summary.Cost c = p.cost();
    if (c != null) {
      facts.add(
          List.of(
              "cost",
              "%s %s, of which %s wasted"
                  .formatted(Figures.money(c.total()), c.currency(), Figures.money(c.wasted()))));
    }
    String schedule = ClientFigures.schedule(p);
    if (schedule != null) {
      facts.add(List.of("schedule", schedule));
    }
    Summary.Client client = p.client();
    facts.add(
        List.of(
            "client",
            ClientFigures.limited(client)
                + "\n"
                + ClientFigures.lateness(client)
                + "\n"
                + ClientFigures.load(client)));
    table("scroll facts", List.of("figure", "value"), facts);
    html.append("</section>");
  }

  private void whereTheTimeWent(Summary.Http http) {
    if (http.requestsOnNew() + http.requestsOnKept() == 0) {
      return;
    }
    html.append("<section><h2>Where the time went</h2><p class=see>")
        .append(
            "%s requests on a new connection, %s on a kept one, %s sent once more. Means of completed requests; rtt is the network's round trip."
                .formatted(
                    Figures.number(http.requestsOnNew()),
                    Figures.number(http.requestsOnKept()),
                    Figures.number(http.resends())))
        .append("</p>")
        .append(PhaseBars.svg(http));
    List<List<String>> rows = new ArrayList<>();
    for (String phase : http.onNew().keySet()) {
      List<String> row = new ArrayList<>(List.of(phase));
      row.addAll(phaseCells(http.onNew().get(phase)));
      row.addAll(phaseCells(http.onKept().get(phase)));
      rows.add(row);
    }
    table(
        List.of(
            "phase",
            "new connection: samples",
            "mean",
            "p50",
            "p99",
            "kept connection: samples",
            "mean",
            "p50",
            "p99"),
        rows);
    html.append("</section>");
  }

  private static List<String> phaseCells(Summary.@Nullable Latency l) {
    if (l == null || l.mean() == null) {
      return List.of("0", "n/a", "n/a", "n/a");
    }
    return List.of(
        Figures.number(l.count()),
        Figures.ms(l.mean()),
        value(l.p50(), l, false, true),
        value(l.p99(), l, false, l.p50() != null));
  }

  private void targets(List<Summary.TargetShare> targets) {
    if (targets.isEmpty()) {
      return;
    }
    html.append("<section><h2>By address</h2><p class=see>Requests take turns.</p>");
    List<List<String>> rows = new ArrayList<>();
    for (Summary.TargetShare target : targets) {
      rows.add(
          List.of(
              target.address(),
              Figures.number(target.requests()),
              Figures.number(target.completed()),
              Figures.number(target.failed()),
              value(target.ttft().p50(), target.ttft(), false, true),
              value(target.ttft().p99(), target.ttft(), false, target.ttft().p50() != null),
              value(target.e2e().p50(), target.e2e(), false, true),
              value(target.e2e().p99(), target.e2e(), false, target.e2e().p50() != null)));
    }
    table(
        List.of(
            "address",
            "requests",
            "completed",
            "failed",
            "TTFT p50",
            "TTFT p99",
            "e2e p50",
            "e2e p99"),
        rows);
    html.append("</section>");
  }

  /**
   * @param first whether no figure before it in its row was unknown: the reason is given once
   */
  private static String value(
      @Nullable Double value, Summary.Latency latency, boolean rate, boolean first) {
    if (value == null) {
      return first ? "n/a\n(%d samples)".formatted(latency.count()) : "n/a";
    }
    return rate ? Figures.number(value) : Figures.ms(value);
  }

  private static String interval(Summary.Latency l, String name) {
    Summary.Interval ci = l.ci95().get(name);
    return ci == null ? "" : " [%s–%s]".formatted(Axis.label(ci.low()), Axis.label(ci.high()));
  }

  private void thresholds(Summary s) {
    if (s.thresholds().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Summary.ThresholdResult t : s.thresholds()) {
      rows.add(
          List.of(
              ThresholdWords.state(t),
              t.expr(),
              ThresholdWords.value(t),
              t.why() == null ? "" : t.why()));
    }
    html.append("<section><h2>Thresholds</h2>");
    table(List.of("", "threshold", "found", "why"), rows);
    html.append("</section>");
  }

  private void list(String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    html.append("<section><h2>").append(title).append("</h2><ul>");
    items.forEach(item -> html.append("<li>").append(Html.escape(item)).append("</li>"));
    html.append("</ul></section>");
  }

  private void conversations(Summary.Sessions sessions) {
    if (!sessions.turns().isEmpty()) {
      html.append("<section><h2>By turn of the conversation</h2>");
      see(SessionRows.slope(sessions.ttftPerTurn(), "a turn"));
      table(SessionRows.columns("turn"), SessionRows.of(sessions.turns()));
      html.append("</section>");
    }
    if (sessions.contexts().size() > 1) {
      html.append("<section><h2>By length of the prompt</h2>");
      see(SessionRows.slope(sessions.ttftPerThousandTokens(), "a thousand prompt tokens"));
      table(SessionRows.columns("tokens"), SessionRows.of(sessions.contexts()));
      html.append("</section>");
    }
  }

  private void fidelity(@Nullable RunFidelity run) {
    html.append("<section><h2>How like production</h2>");
    if (run == null) {
      see("Not tested: the scenario names no corpus of production traffic");
    } else if (run.fidelity() == null) {
      see("Not known: " + run.problem());
    } else {
      see("Rates are left out: a load test has its own");
      html.append("<pre>")
          .append(
              Html.escape(
                  FidelityTable.of(
                      run.fidelity(), run.production().toString(), "this run", RunFidelity.GOOD)))
          .append("</pre>");
    }
    html.append("</section>");
  }

  private void earlyWarning(@Nullable EarlyWarning warning) {
    if (warning != null) {
      html.append("<section><h2>Early warning</h2>");
      see(warning.sentence());
      see("Leads are ahead of the missed SLOs and of the first error, negative after them");
      table(EarlyWarningTable.columns(), EarlyWarningTable.rows(warning));
      see(EarlyWarningTable.troubles(warning));
      html.append("</section>");
    }
  }

  private void see(@Nullable String sentence) {
    if (sentence != null) {
      html.append("<p class=see>").append(Html.escape(sentence)).append(".</p>");
    }
  }

  private void table(List<String> head, List<List<String>> rows) {
    table("scroll", head, rows);
  }

  private void table(String style, List<String> head, List<List<String>> rows) {
    html.append(HtmlTable.of(style, head, rows));
  }

  private static String cell(@Nullable Double ms) {
    return ms == null ? "" : Figures.ms(ms);
  }

  static String css() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
