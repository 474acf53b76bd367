package dev.candor.report.console;

import dev.candor.analysis.Summary;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftWords;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.corpus.fidelity.Fidelity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run came to, in 80 columns. */
public final class FinalTable {
  private static final List<String> SHOWN =
      List.of("ttft", "ttft_intended", "itl", "tpot", "max_gap", "e2e");
  private static final Set<String> WITH_INTERVAL = Set.of("ttft", "itl");

  /** Where figures start: the rest of a long line goes below them. */
  private static final String INDENT = " ".repeat(13);

  private final StringBuilder text = new StringBuilder();
  private final int width;

  private FinalTable(int width) {
    this.width = width;
  }

  /** The text, lines of at most {@code width} columns where words allow it. */
  public static String render(Summary summary, int width) {
    return new FinalTable(width).all(summary);
  }

  private String all(Summary summary) {
    line("");
    wrapped("", summary.verdictReason());
    Saturation saturation = summary.saturation();
    if (saturation == null) {
      summary.phases().forEach(this::phase);
    } else {
      saturation(saturation);
    }
    if (summary.phases().size() > 1) {
      phase(summary.overall());
    }
    ServerFigures.lines(summary.server()).forEach(this::line);
    fidelity(summary.fidelity());
    drift(summary.drift());
    earlyWarning(summary.earlyWarning());
    if (!summary.thresholds().isEmpty()) {
      line("");
      line("thresholds");
      for (Summary.ThresholdResult result : summary.thresholds()) {
        wrapped(
            result.ok() ? "  ok   " : "  MISS ",
            "%s  (%s)".formatted(result.expr(), ThresholdWords.found(result)));
      }
    }
    if (!summary.notes().isEmpty()) {
      line("");
      line("notes");
      summary.notes().forEach(note -> wrapped("  - ", note));
    }
    return text.toString();
  }

  /** Steps are rows here: report.html has the figures of each. */
  private void saturation(Saturation saturation) {
    line("");
    SaturationTable.lines(saturation).forEach(this::line);
    SaturationTable.findings(saturation).forEach(finding -> wrapped("  - ", finding));
  }

  private void fidelity(@Nullable RunFidelity run) {
    Fidelity fidelity = run == null ? null : run.fidelity();
    if (fidelity == null) {
      return;
    }
    line("");
    line(
        "fidelity     %.0f of 100, rates left out; worst: %s (%.0f)"
            .formatted(
                fidelity.score(), fidelity.worst().dimension().title(), fidelity.worst().score()));
    fidelity.advice(RunFidelity.GOOD).forEach(advice -> wrapped("  - ", advice));
  }

  private void drift(@Nullable Drift drift) {
    if (drift != null) {
      line("");
      DriftTable.lines(drift).forEach(this::line);
      DriftWords.findings(drift).forEach(finding -> wrapped("  - ", finding));
    }
  }

  private void earlyWarning(@Nullable EarlyWarning warning) {
    if (warning == null) {
      return;
    }
    line("");
    line("early warning  (leads: + ahead of it, - after it)");
    EarlyWarningTable.lines(warning).forEach(this::line);
    wrapped("  ", EarlyWarningTable.troubles(warning));
    wrapped("  ", warning.sentence());
  }

  private void phase(Summary.Phase p) {
    Summary.Requests r = p.requests();
    line("");
    String level =
        p.users() != null
            ? ", " + p.users() + (p.users() == 1 ? " user" : " users")
            : p.rate() != null ? ", " + Figures.number(p.rate()) + "/s" : "";
    line("%s  (%s%s, %.1f s)".formatted(p.name(), p.kind(), level, p.durationS()));
    line("  requests   " + Figures.sum(r));
    if (r.outcomes().size() > 1 || r.completed() == 0) {
      wrapped(INDENT, Figures.counts(r.outcomes()));
    }
    if (r.heldBack() > 0) {
      line(
          "             %d held back by the cap, %d never sent"
              .formatted(r.heldBack(), r.neverSent()));
    }
    RetryRows.of(p).forEach(row -> wrapped("  %-10s ".formatted(row.label()), row.text()));
    latencies(p.latency());
    Summary.Rates rates = p.rates();
    line(
        "  throughput %s tok/s out, %s tok/s in"
            .formatted(Figures.number(rates.outputTps()), Figures.number(rates.inputTps())));
    line(
        "  requests/s %s offered, %s sent, %s completed; %s in flight"
            .formatted(
                Figures.number(rates.offered()),
                Figures.number(rates.admitted()),
                Figures.number(rates.requests()),
                Figures.number(rates.concurrency())));
    Summary.Goodput g = p.goodput();
    if (g.ratio() != null && !g.slo().isEmpty()) {
      StringBuilder parts = new StringBuilder();
      g.slo()
          .forEach(
              (target, share) ->
                  parts.append("  ").append(target).append(' ').append(Figures.percent(share)));
      line(
          "  goodput    %s, %s good/s  (met:%s)"
              .formatted(Figures.percent(g.ratio()), Figures.number(g.requestsPerS()), parts));
    }
    line(
        "  tokens     %s in%s, %s out (%s); wasted %s in, %s out"
            .formatted(
                Figures.number(p.tokens().input()),
                asked(p),
                Figures.number(p.tokens().output()),
                p.tokens().source(),
                Figures.number(p.tokens().wastedInput()),
                Figures.number(p.tokens().wastedOutput())));
    if (p.cache().hitRate() != null || p.cache().asked() != null) {
      line("  cache      " + Figures.cache(p.cache()));
    }
    money(CostLines.of(p));
    sessions(p.sessions());
    http(p.http());
    targets(p.targets());
    String schedule = ClientFigures.schedule(p);
    if (schedule != null) {
      line("  schedule   " + schedule);
    }
    Summary.Client client = p.client();
    line("  client     " + ClientFigures.limited(client));
    line(INDENT + ClientFigures.lateness(client));
    line(INDENT + ClientFigures.load(client));
  }

  private void sessions(Summary.Sessions sessions) {
    if (sessions.turns().isEmpty()) {
      return;
    }
    line("  sessions   %s begun".formatted(Figures.number(sessions.begun())));
    row(SessionRows.columns("turn"));
    SessionRows.of(sessions.turns()).forEach(this::row);
    slope(SessionRows.slope(sessions.ttftPerTurn(), "a turn"));
    slope(SessionRows.slope(sessions.ttftPerThousandTokens(), "a thousand prompt tokens"));
  }

  private void row(List<String> cells) {
    StringBuilder row = new StringBuilder("    %-9s".formatted(cells.getFirst()));
    cells.subList(1, cells.size()).forEach(cell -> row.append(" %10s".formatted(cell)));
    line(row.toString());
  }

  private void slope(@Nullable String text) {
    if (text != null) {
      wrapped(INDENT, text);
    }
  }

  private void http(Summary.Http http) {
    if (http.requestsOnNew() + http.requestsOnKept() == 0) {
      return;
    }
    line(
        "  http       %s on new connections, %s on kept ones, %s sent once more"
            .formatted(
                Figures.number(http.requestsOnNew()),
                Figures.number(http.requestsOnKept()),
                Figures.number(http.resends())));
    if (http.requestsOnKept() > 0) {
      phases(http.requestsOnNew() == 0 ? "mean" : "mean, kept", http.onKept());
    }
    if (http.requestsOnNew() > 0) {
      phases(http.requestsOnKept() == 0 ? "mean" : "mean, new", http.onNew());
    }
  }

  /** What is not known of a phase is not shown; report.html says n/a. */
  private void phases(String which, Map<String, Summary.Latency> phases) {
    StringBuilder shown = new StringBuilder();
    phases.forEach(
        (phase, latency) -> {
          if (latency.mean() != null) {
            shown.append(shown.isEmpty() ? " " : ", ");
            shown.append(phase).append(' ').append(Figures.ms(latency.mean()));
          }
        });
    if (!shown.isEmpty()) {
      line(INDENT + which + ":" + shown);
    }
  }

  private void targets(List<Summary.TargetShare> targets) {
    for (Summary.TargetShare target : targets) {
      line(
          "  address    %s: %s requests, %s failed, ttft p50 %s p99 %s"
              .formatted(
                  target.address(),
                  Figures.number(target.requests()),
                  Figures.number(target.failed()),
                  cell(target.ttft().p50()),
                  cell(target.ttft().p99())));
    }
  }

  /** What was asked for, where the server counted something else. */
  private static String asked(Summary.Phase p) {
    long asked = p.tokens().inputAsked();
    return asked == 0 || asked == p.tokens().inputCounted()
        ? ""
        : " (asked %s, counted %s)"
            .formatted(Figures.number(asked), Figures.number(p.tokens().inputCounted()));
  }

  private void latencies(Map<String, Summary.Latency> latencies) {
    if (latencies.values().stream().anyMatch(each -> each.count() > 0)) {
      line("  %-14s%9s%11s%11s%11s%11s".formatted("latency", "n", "p50", "p90", "p99", "max"));
      SHOWN.forEach(key -> latency(key, latencies));
    }
  }

  private void latency(String key, Map<String, Summary.Latency> latencies) {
    Summary.Latency l = latencies.get(key);
    if (l == null || l.count() == 0) {
      return;
    }
    if (l.p50() == null) {
      line(
          "  %-14s%9d    n/a (%d samples)%s"
              .formatted(
                  key,
                  l.count(),
                  l.count(),
                  l.max() == null ? "" : ", max " + Figures.ms(l.max())));
      return;
    }
    line(
        "  %-14s%9d%11s%11s%11s%11s"
            .formatted(key, l.count(), cell(l.p50()), cell(l.p90()), cell(l.p99()), cell(l.max())));
    if (WITH_INTERVAL.contains(key)) {
      line(
          "  %-14s%9s%11s%11s%11s"
              .formatted(
                  "", "95 % ci", interval(l, "p50"), interval(l, "p90"), interval(l, "p99")));
    }
  }

  private static String interval(Summary.Latency l, String name) {
    Summary.Interval ci = l.ci95().get(name);
    return ci == null ? "" : "%s-%s".formatted(short3(ci.low()), short3(ci.high()));
  }

  private static String short3(double value) {
    return String.format(java.util.Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String cell(@Nullable Double value) {
    return value == null ? "n/a" : Figures.ms(value);
  }

  private void line(String line) {
    if (line.length() <= width) {
      text.append(line).append('\n');
      return;
    }
    int cut = line.lastIndexOf(' ', width);
    if (cut <= INDENT.length()) {
      text.append(line).append('\n');
      return;
    }
    text.append(line, 0, cut).append('\n');
    line(INDENT + line.substring(cut + 1));
  }

  private void wrapped(String prefix, String words) {
    StringBuilder line = new StringBuilder(prefix);
    for (String word : words.split(" ")) {
      if (line.length() + word.length() + 1 > width && line.length() > prefix.length()) {
        line(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(prefix.length()));
      }
      line.append(word).append(' ');
    }
    line(line.toString().stripTrailing());
  }

  private void money(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      line((i == 0 ? "  cost       " : INDENT) + lines.get(i));
    }
  }
}
