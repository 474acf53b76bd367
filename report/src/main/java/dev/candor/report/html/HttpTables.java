package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.Figures;
import dev.candor.report.html.Section.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP phases on new and on kept connections, and what came of each address. */
final class HttpTables {
  private HttpTables() {}

  static List<Section> of(Summary.Phase overall) {
    List<Section> sections = new ArrayList<>();
    Summary.Http http = overall.http();
    if (http.requestsOnNew() + http.requestsOnKept() > 0) {
      sections.add(phases(http));
    }
    if (!overall.targets().isEmpty()) {
      sections.add(targets(overall.targets()));
    }
    return sections;
  }

  private static Section phases(Summary.Http http) {
    List<List<String>> rows = new ArrayList<>();
    for (String phase : http.onNew().keySet()) {
      List<String> row = new ArrayList<>(List.of(phase));
      row.addAll(cells(http.onNew().get(phase)));
      row.addAll(cells(http.onKept().get(phase)));
      rows.add(row);
    }
    return new Section(Part.TABLES, "http-phases", "HTTP phases")
        .see(
            "%s requests on a new connection, %s on a kept one, %s sent once more. Means of completed requests; rtt is the network's round trip."
                .formatted(
                    Figures.number(http.requestsOnNew()),
                    Figures.number(http.requestsOnKept()),
                    Figures.number(http.resends())))
        .table(
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
  }

  private static List<String> cells(Summary.@Nullable Latency l) {
    if (l == null || l.mean() == null) {
      return List.of("0", "n/a", "n/a", "n/a");
    }
    return List.of(
        Figures.number(l.count()),
        Figures.ms(l.mean()),
        Cells.value(l.p50(), l, false, true),
        Cells.value(l.p99(), l, false, l.p50() != null));
  }

  private static Section targets(List<Summary.TargetShare> targets) {
    List<List<String>> rows = new ArrayList<>();
    for (Summary.TargetShare target : targets) {
      rows.add(
          List.of(
              target.address(),
              Figures.number(target.requests()),
              Figures.number(target.completed()),
              Figures.number(target.failed()),
              Cells.value(target.ttft().p50(), target.ttft(), false, true),
              Cells.value(target.ttft().p99(), target.ttft(), false, target.ttft().p50() != null),
              Cells.value(target.e2e().p50(), target.e2e(), false, true),
              Cells.value(target.e2e().p99(), target.e2e(), false, target.e2e().p50() != null)));
    }
    return new Section(Part.TABLES, "addresses", "By address")
        .see("Requests take turns.")
        .table(
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
  }
}
