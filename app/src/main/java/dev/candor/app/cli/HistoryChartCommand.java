package dev.candor.app.cli;

import dev.candor.analysis.history.SummaryFigures;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.history.CataloguedRun;
import dev.candor.record.history.History;
import dev.candor.report.html.HistoryPage;
import dev.candor.report.html.HistoryPage.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code candor history chart}. */
@Command(
    name = "chart",
    description = "Writes charts of the figures from run to run: one HTML file that opens offline.")
final class HistoryChartCommand implements Callable<Integer> {
  private static final List<String> USUAL =
      List.of(
          "ttft.p50",
          "ttft.p99",
          "itl.p50",
          "itl.p99",
          "e2e.p50",
          "goodput",
          "failed_ratio",
          "output_tps",
          "cost.total");

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The HTML file.")
  @Nullable Path out;

  @Mixin final HistoryFlags flags = new HistoryFlags();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Chart this; may be repeated. A choice unless said otherwise.")
  List<String> metrics = List.of();

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      description = "Of this phase; all together unless said otherwise.")
  String phase = SummaryFigures.OVERALL;

  @Override
  public Integer call() {
    Path file = Objects.requireNonNull(out);
    List<Series> series = flags.open(this::series);
    if (series.isEmpty()) {
      throw CandorException.user("none of the runs that are meant has any of these figures");
    }
    String title = flags.scenario == null ? "History of runs" : "History of " + flags.scenario;
    try {
      Files.writeString(file, HistoryPage.of(title, series));
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
    System.out.println("charts: " + file);
    return ExitCode.OK;
  }

  /** A chart a scenario and metric: runs of different scenarios are no series. */
  private List<Series> series(History opened) {
    List<CataloguedRun> runs = flags.selected(opened);
    List<String> known = opened.metrics();
    List<String> asked =
        metrics.isEmpty() ? USUAL.stream().filter(known::contains).toList() : metrics;
    List<Series> all = new ArrayList<>();
    for (String scenario : runs.stream().map(CataloguedRun::scenario).distinct().toList()) {
      List<CataloguedRun> own =
          runs.stream().filter(run -> run.scenario().equals(scenario)).toList();
      for (String metric : asked) {
        HistorySeries series = HistorySeries.of(opened, own, phase, metric);
        if (!series.runs().isEmpty()) {
          all.add(
              new Series(
                  "%s: %s, %s".formatted(scenario, metric, phase),
                  SummaryFigures.unit(metric),
                  series.runs(),
                  series.values()));
        }
      }
    }
    return all;
  }
}
