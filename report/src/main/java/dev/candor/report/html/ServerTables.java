package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.analysis.server.ServerSide;
import dev.candor.analysis.server.ServerSide.Estimate;
import dev.candor.analysis.server.ServerSide.Figures;
import dev.candor.analysis.server.ServerSide.Phase;
import dev.candor.report.console.ServerFigures;
import dev.candor.report.html.Section.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's own figures by phase and by page, and its latencies against the client's. */
final class ServerTables {
  private ServerTables() {}

  /** None where the server told nothing. */
  static List<Section> of(Summary summary) {
    ServerSide side = summary.server();
    if (side == null) {
      return List.of();
    }
    List<Phase> phases = new ArrayList<>(side.phases());
    if (phases.size() > 1) {
      phases.add(side.overall());
    }
    Section section =
        new Section(Part.TABLES, "server", "The server itself")
            .see("By its own pages: " + String.join(", ", side.pages()) + ".");
    figures(section, phases);
    if (!side.overall().byPage().isEmpty()) {
      pages(section, side.overall());
    }
    List<List<String>> rows = new ArrayList<>();
    phases.forEach(phase -> latencies(phase, rows));
    if (!rows.isEmpty()) {
      section
          .heading("Its latencies against the client's")
          .see(
              "What the server's histograms say; in brackets the bounds of the bucket, between"
                  + " which the value surely is. The difference, client − server, is the network,"
                  + " what stands before the server, and the client.")
          .table(
              List.of(
                  "phase",
                  "latency",
                  "n",
                  "mean",
                  "p50",
                  "p90",
                  "p99",
                  "client mean",
                  "client p50",
                  "client p99",
                  "difference of means",
                  "difference of p50"),
              rows);
    }
    return List.of(section);
  }

  private static void figures(Section section, List<Phase> phases) {
    List<String> head = new ArrayList<>(List.of("figure"));
    phases.forEach(phase -> head.add(phase.name()));
    List<Map<String, String>> columns =
        phases.stream().map(phase -> ServerFigures.of(phase.together())).toList();
    section.table(head, rows(columns));
  }

  private static void pages(Section section, Phase overall) {
    List<String> head = new ArrayList<>(List.of("figure"));
    overall.byPage().forEach(page -> head.add(page.page()));
    List<Map<String, String>> columns =
        overall.byPage().stream().map(page -> ServerFigures.of(page.figures())).toList();
    section.heading("By page").table(head, rows(columns));
  }

  /** A row for each figure that any column has. */
  private static List<List<String>> rows(List<Map<String, String>> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : ServerFigures.NAMES) {
      if (columns.stream().anyMatch(column -> column.containsKey(name))) {
        List<String> row = new ArrayList<>(List.of(name));
        columns.forEach(column -> row.add(column.getOrDefault(name, "n/a")));
        rows.add(row);
      }
    }
    return rows;
  }

  private static void latencies(Phase phase, List<List<String>> rows) {
    Figures figures = phase.together();
    figures
        .latency()
        .forEach(
            (key, latency) -> {
              Map<String, Double> client =
                  latency.client() == null ? Map.of() : latency.client().figures();
              rows.add(
                  List.of(
                      phase.name(),
                      key,
                      dev.candor.report.console.Figures.number(Math.round(latency.count())),
                      ms(latency.mean()),
                      bounded(latency.quantiles().get("p50")),
                      bounded(latency.quantiles().get("p90")),
                      bounded(latency.quantiles().get("p99")),
                      ms(client.get("mean")),
                      ms(client.get("p50")),
                      ms(client.get("p99")),
                      ms(value(latency.difference().get("mean"))),
                      bounded(latency.difference().get("p50"))));
            });
  }

  private static @Nullable Double value(@Nullable Estimate estimate) {
    return estimate == null ? null : estimate.value();
  }

  private static String ms(@Nullable Double value) {
    return ServerFigures.ms(value);
  }

  private static String bounded(@Nullable Estimate estimate) {
    return estimate == null
        ? "n/a"
        : "%s [%s–%s]"
            .formatted(ms(estimate.value()), bound(estimate.low()), bound(estimate.high()));
  }

  private static String bound(@Nullable Double bound) {
    return bound == null ? "?" : Cells.bound(Math.rint(bound * 10) / 10);
  }
}
