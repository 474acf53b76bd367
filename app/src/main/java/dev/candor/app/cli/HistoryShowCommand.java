package dev.candor.app.cli;

import dev.candor.analysis.history.SummaryFigures;
import dev.candor.analysis.history.Trend;
import dev.candor.base.error.CandorException;
import dev.candor.record.history.CataloguedRun;
import dev.candor.report.console.HistoryTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor history show}. */
@Command(
    name = "show",
    description =
        "A figure from run to run, and where its level changed. Runs of different scenarios do not compare: name one by --scenario.")
final class HistoryShowCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(
      paramLabel = "METRIC",
      description = "As in thresholds: ttft.p99, goodput, output_tps, cost.total.")
  @Nullable String metric;

  @Mixin final HistoryFlags flags = new HistoryFlags();

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      description = "Of this phase; all together unless said otherwise.")
  String phase = SummaryFigures.OVERALL;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    String key = Objects.requireNonNull(metric);
    HistorySeries series =
        flags.open(opened -> HistorySeries.of(opened, flags.selected(opened), phase, key));
    if (series.runs().isEmpty()) {
      throw CandorException.user(
          "none of the runs that are meant has %s in the phase %s".formatted(key, phase));
    }
    Trend trend = Trend.of(series.values());
    List<String> scenarios =
        series.runs().stream().map(CataloguedRun::scenario).distinct().toList();
    if (scenarios.size() > 1) {
      HistoryFlags.tell(
          "these are runs of different scenarios (%s), which do not compare; name one by --scenario"
              .formatted(String.join(", ", scenarios)));
    }
    System.out.print(
        json
            ? json(series, trend)
            : HistoryTable.trend(
                "%s, %s, %s".formatted(key, phase, String.join(", ", scenarios)),
                series.runs(),
                series.values(),
                trend));
    return ExitCode.OK;
  }

  private String json(HistorySeries series, Trend trend) {
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    for (int i = 0; i < series.values().length; i++) {
      Trend.Mark mark = trend.marks().get(i);
      Map<String, @Nullable Object> point = HistoryListCommand.members(series.runs().get(i));
      point.put("value", series.values()[i]);
      point.put("median_before", mark.median());
      point.put("change", mark.change());
      point.put("mark", mark.kind().name().toLowerCase(Locale.ROOT));
      points.add(point);
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("metric", series.metric());
    root.put("phase", phase);
    root.put("trend_p", trend.p());
    root.put("runs", points);
    return JSON.writeValueAsString(root) + "\n";
  }
}
