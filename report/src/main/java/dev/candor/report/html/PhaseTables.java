package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.ClientFigures;
import dev.candor.report.console.Figures;
import dev.candor.report.console.RetryRows;
import dev.candor.report.html.Section.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures of a phase. */
final class PhaseTables {
  private PhaseTables() {}

  static Section of(String id, Summary.Phase p) {
    return new Section(Part.TABLES, id, p.name())
        .see(
            p.kind()
                + (p.users() == null ? "" : ", " + p.users() + " users")
                + (p.rate() == null ? "" : ", " + Figures.number(p.rate()) + " requests/s")
                + ", "
                + Figures.number(p.durationS())
                + " s")
        .table(
            List.of(
                "latency",
                "samples",
                "mean",
                "p50 [95 %]",
                "p90",
                "p95",
                "p99 [95 %]",
                "p99.9",
                "max"),
            latencies(p))
        .facts(List.of("figure", "value"), facts(p));
  }

  private static List<List<String>> latencies(Summary.Phase p) {
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
                Cells.value(l.mean(), l, rate, true),
                Cells.value(l.p50(), l, rate, true) + Cells.interval(l, "p50"),
                Cells.value(l.p90(), l, rate, l.p50() != null),
                Cells.value(l.p95(), l, rate, l.p90() != null),
                Cells.value(l.p99(), l, rate, l.p95() != null) + Cells.interval(l, "p99"),
                Cells.value(l.p999(), l, rate, l.p99() != null),
                Cells.value(l.max(), l, rate, true)));
      }
    }
    return rows;
  }

  private static List<List<String>> facts(Summary.Phase p) {
    Summary.Requests r = p.requests();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("requests", Figures.sum(r)));
    facts.add(List.of("outcomes", Figures.counts(r.outcomes())));
    RetryRows.of(p).forEach(row -> facts.add(List.of(row.label(), row.text())));
    facts.add(
        List.of(
            "held back by the cap",
            "%d, of which %d never sent".formatted(r.heldBack(), r.neverSent())));
    rates(p, facts);
    p.goodput()
        .slo()
        .forEach((target, share) -> facts.add(List.of("SLO " + target, Figures.percent(share))));
    tokens(p, facts);
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
    return facts;
  }

  private static void rates(Summary.Phase p, List<List<String>> facts) {
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
  }

  private static void tokens(Summary.Phase p, List<List<String>> facts) {
    Summary.Tokens tokens = p.tokens();
    facts.add(
        List.of(
            "tokens",
            "%s in (%s cached), %s out, counted by %s"
                .formatted(
                    Figures.number(tokens.input()),
                    Figures.number(tokens.inputCached()),
                    Figures.number(tokens.output()),
                    tokens.source())));
    facts.add(List.of("cache hit rate", Figures.cache(p.cache())));
    facts.add(
        List.of(
            "wasted tokens",
            "%s in, %s out"
                .formatted(
                    Figures.number(tokens.wastedInput()), Figures.number(tokens.wastedOutput()))));
    if (tokens.inputAsked() > 0) {
      facts.add(
          List.of(
              "prompt tokens",
              "%s asked for by our tokenizer, %s counted by the server"
                  .formatted(
                      Figures.number(tokens.inputAsked()), Figures.number(tokens.inputCounted()))));
    }
  }
}
