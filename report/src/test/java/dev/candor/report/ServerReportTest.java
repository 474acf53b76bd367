package dev.candor.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.analysis.server.ServerRecords;
import dev.candor.analysis.server.ServerSeconds;
import dev.candor.analysis.server.ServerSide;
import dev.candor.analysis.server.ServerSide.ClientLatency;
import dev.candor.analysis.server.ServerSide.ClientSide;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.report.console.FinalTable;
import dev.candor.report.html.HtmlReport;
import dev.candor.report.picture.Lines;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.ServerPictures;
import dev.candor.report.picture.TimeLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four seconds of two phases, of which a server and a GPU's exporter tell. */
final class ServerReportTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;

  private final ServerRecords records = new ServerRecords(List.of(phase(0), phase(1)), SECOND);

  private static PhaseRecord phase(int index) {
    return new PhaseRecord(
        index,
        index == 0 ? "easy" : "full",
        "closed",
        1,
        null,
        false,
        false,
        2 * SECOND,
        2L * index * SECOND,
        2L * (index + 1) * SECOND,
        0);
  }

  private void told(int second, int page, ServerMetric metric, double value) {
    records.add(new ServerSample(second * SECOND, page, metric, value));
  }

  private void tell() {
    for (int second = 0; second <= 4; second++) {
      told(second, 0, ServerMetric.RUNNING, 5);
      told(second, 0, ServerMetric.WAITING, second);
      told(second, 0, ServerMetric.KV_USAGE, second / 10.0);
      told(second, 0, ServerMetric.PREEMPTIONS, second);
      told(second, 0, ServerMetric.GENERATION_TOKENS, 100 * second);
      told(second, 1, ServerMetric.GPU_POWER, 300);
      told(second, 1, ServerMetric.GPU_MEMORY_USED, 8L << 30);
      told(second, 1, ServerMetric.GPU_MEMORY_TOTAL, 80L << 30);
      double[][] buckets = {{0.1, 25}, {0.2, 50}, {Double.POSITIVE_INFINITY, 50}};
      for (double[] bucket : buckets) {
        records.add(
            new ServerSample(
                second * SECOND, 0, ServerMetric.TTFT_BUCKET, bucket[1] * second, null, bucket[0]));
      }
      told(second, 0, ServerMetric.TTFT_SUM, 5 * second);
    }
  }

  private Analysis analysis() {
    ClientSide client =
        new ClientSide(
            "full", 400, Map.of("ttft", new ClientLatency(Map.of("mean", 104.0, "p50", 112.0))));
    ServerSide side =
        requireNonNull(
            records.side(
                List.of("http://h:8000/metrics", "http://h:9400/<x>"),
                List.of(phase(0), phase(1)),
                List.of(client, client),
                List.of(phase(0), phase(1)),
                client));
    Summary.Phase all =
        new Summary.Phase(
            "full",
            "closed",
            1,
            null,
            4,
            new Summary.Requests(1, 1, 0, 0, 0, 0, 0, new TreeMap<>(Map.of("completed", 1L))),
            1,
            1,
            new Summary.Tokens(1, 0, 1, 1, 1, 0, 0, "usage"),
            new Summary.Rates(1, 1, 1, 1, 1, 1, 1),
            Map.of(),
            new Summary.Goodput(1.0, 1, 1, new TreeMap<>()),
            null,
            new Summary.Cache(null, null, null, null),
            Summary.Sessions.NONE,
            Summary.Http.NONE,
            List.of(),
            Summary.Client.UNWATCHED);
    Summary summary =
        new Summary(
            "1",
            "s",
            1,
            Verdict.PASS,
            "PASS",
            null,
            List.of(),
            List.of(all),
            all,
            null,
            null,
            null,
            null,
            side,
            List.of());
    List<Window> windows =
        List.of(window(0, "easy"), window(1, "easy"), window(2, "full"), window(3, "full"));
    RunInfo run =
        new RunInfo(
            "1", "s", 1, "t", "m", Instant.EPOCH, 1, false, null, 1, "here", List.of(), List.of());
    return new Analysis(run, summary, windows, Map.of(), ServerSeconds.of(records, 4));
  }

  private static Window window(int second, String phase) {
    return new Window(
        second, phase, false, Set.of(), 1, 1, 1, 0, 10, 10, 100.0, 100.0, 100.0, 100.0, 20.0, 20.0,
        20.0, 1.0, 0.5, 0.5, 0.1, 0.2, null, 0.3, null, 0.01, 0.0, 0.0, 0, 0.5, 0);
  }

  @Test
  void html_hasTheServersCurvesOnTheClientsAxis_andItsTables() throws Exception {
    tell();
    Path file = temp.resolve("report.html");
    HtmlReport.write(analysis(), List.of(), "", file);
    String html = Files.readString(file);
    assertThat(html)
        .contains("Client and server on one clock", ">Running and waiting</h3>")
        .contains(">Preemptions</h3>", ">GPU power</h3>", ">KV cache</h3>")
        .doesNotContain(">GPU busy</h3>");
    Map<String, Picture> pictures =
        ServerPictures.of(analysis(), new TimeLine(analysis().windows())).stream()
            .collect(Collectors.toMap(Picture::id, Function.identity()));
    Lines queue = (Lines) requireNonNull(pictures.get("server-queue")).plot();
    assertThat(queue.at()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(queue.series().getLast().values()).containsExactly(0.5, 1.5, 2.5, 3.5);
    assertThat(queue.spans())
        .extracting(Lines.Span::name, Lines.Span::from, Lines.Span::to)
        .containsExactly(tuple("easy", 0.0, 2.0), tuple("full", 2.0, 4.0));
    Lines kv = (Lines) requireNonNull(pictures.get("server-kv")).plot();
    assertThat(kv.series().getFirst().values())
        .usingElementComparator(Comparator.comparingDouble(value -> Math.rint(1e6 * value)))
        .containsExactly(5.0, 15.0, 25.0, 35.0);
    assertThat(html)
        .contains("<td>waiting</td><td>1</td><td>3</td><td>2, max 3</td>")
        .contains("<td>300 W</td>", "<td>3.00 J</td>", "<td>8 of 80 GiB</td>")
        .contains("<th scope=col>http://h:9400/&lt;x&gt;</th>")
        .contains("<td>104 ms</td><td>112 ms</td><td>n/a</td><td>4.00 ms</td>")
        .contains("<td>100 ms [0–100]</td>", "<td>12.0 ms [12–112]</td>");
  }

  @Test
  void finalTable_hasTheServersFigures_within80Columns() {
    tell();
    String text = FinalTable.render(analysis().summary(), 80);
    assertThat(text)
        .contains("the server itself\n  load       KV cache in use 20.0 %, max 30.0 %; running 5;")
        .contains("GPU        power 300 W; energy 1,200 J, power × time; 3.00 J per output token;")
        .contains("ttft       mean 100 ms, by the client 104 ms: 4.00 ms between them");
    assertThat(text.lines().filter(line -> line.length() > 80)).isEmpty();
  }

  @Test
  void nothingTold_showsNothing() throws Exception {
    told(0, 0, ServerMetric.RUNNING, 1);
    Analysis told = analysis();
    Summary s = told.summary();
    Summary none =
        new Summary(
            "1",
            "s",
            1,
            Verdict.PASS,
            "PASS",
            null,
            List.of(),
            s.phases(),
            s.overall(),
            null,
            null,
            null,
            null,
            null,
            List.of());
    Path file = temp.resolve("report.html");
    HtmlReport.write(new Analysis(told.run(), none, told.windows(), Map.of()), List.of(), "", file);
    assertThat(Files.readString(file)).doesNotContain("one clock").doesNotContain("server itself");
    assertThat(FinalTable.render(none, 80)).doesNotContain("server itself");
  }
}
