package dev.candor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.record.RunInfo;
import dev.candor.report.console.FinalTable;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.report.console.LiveView;
import dev.candor.report.html.HtmlReport;
import dev.candor.report.junit.JunitXml;
import dev.candor.report.markdown.MarkdownSummary;
import dev.candor.scenario.Slo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {
  private static final String EVIL = "<script>alert(1)</script>\"'&";

  private static final List<Slo> SLOS =
      List.of(
          new Slo(null, 400_000_000L, null, null, null, null, null),
          new Slo(null, 300_000_000L, null, null, null, null, null));

  @TempDir Path temp;

  private static Summary summary() {
    Summary.Latency known =
        new Summary.Latency(
            2000,
            210.0,
            90.0,
            800.0,
            200.0,
            300.0,
            350.0,
            500.0,
            null,
            new TreeMap<>(
                Map.of(
                    "p50", new Summary.Interval(198, 202), "p99", new Summary.Interval(480, 530))));
    Summary.Latency few =
        new Summary.Latency(3, 1.0, 1.0, 1.0, null, null, null, null, null, new TreeMap<>());
    Summary.Latency none =
        new Summary.Latency(0, null, null, null, null, null, null, null, null, new TreeMap<>());
    Summary.Phase phase =
        new Summary.Phase(
            EVIL,
            "closed",
            5,
            null,
            60,
            new Summary.Requests(
                2003,
                2000,
                2,
                0,
                1,
                0,
                0,
                new TreeMap<>(Map.of("completed", 2000L, "rate_limited", 2L, "unfinished", 1L))),
            2003,
            1,
            new Summary.Tokens(1000, 0, 950, 1000, 5000, 0, 7, "usage"),
            new Summary.Rates(34, 33.5, 33.3, 83.3, 16.6, 16.6, 5),
            Map.of("ttft", known, "itl", few),
            new Summary.Goodput(0.97, 32.3, 80, new TreeMap<>(Map.of("ttft", 0.98))),
            null,
            new Summary.Cache(null, null, null, null),
            Summary.Sessions.NONE,
            new Summary.Http(
                40,
                1963,
                1,
                new TreeMap<>(Map.of("dns", few, "wait", known)),
                new TreeMap<>(Map.of("dns", none, "wait", known))),
            List.of(new Summary.TargetShare(EVIL, 1000, 998, 2, known, known)),
            client());
    return new Summary(
        "1",
        EVIL,
        1,
        Verdict.FAIL,
        "FAIL: 1 of 1 thresholds missed",
        EVIL,
        List.of(new Summary.ThresholdResult("ttft.p99 < 400ms", 500.0, false)),
        List.of(phase),
        phase,
        null,
        null,
        null,
        null,
        null,
        List.of(EVIL));
  }

  private static RunInfo run() {
    return new RunInfo(
        "1", EVIL, 1, EVIL, EVIL, Instant.EPOCH, 1, false, null, 1, "here", List.of(), List.of());
  }

  private static Summary.Client client() {
    return new Summary.Client(
        3,
        60,
        new TreeMap<>(Map.of(LimitReason.LOOP_DELAY, 2, LimitReason.GC_PAUSE, 1)),
        0.4,
        1.2,
        3.0,
        3.25,
        null,
        0.25,
        null,
        0.02,
        17L,
        12_345L,
        0.1,
        4,
        1.5,
        0);
  }

  private static Window window(int second, boolean warmup, Set<LimitReason> limits) {
    return window(second, warmup, limits, 0);
  }

  private static Window window(
      int second, boolean warmup, Set<LimitReason> limits, double deadShare) {
    return new Window(
        second, "hold", warmup, limits, 1, 1, 1, 0, 10, 10, 100.0, 100.0, 100.0, 100.0, 20.0, 20.0,
        20.0, 1.0, 0.5, 0.5, 0.1, 0.2, null, 0.3, null, 0.01, 0.0, 0.0, 0, 0.5, deadShare);
  }

  @Test
  void html_listsLimitedSeconds_withTheirReasons_andLostOnesHaveNoFigures() throws Exception {
    Set<LimitReason> both = EnumSet.of(LimitReason.GC_PAUSE, LimitReason.LOOP_DELAY);
    List<Window> windows =
        List.of(
            window(0, true, Set.of()),
            window(1, true, Set.of()),
            window(2, false, both),
            window(3, false, both),
            window(4, false, EnumSet.of(LimitReason.RUN_QUEUE)),
            window(5, false, Set.of(), 1));
    String html = html(new Analysis(run(), summary(), windows, Map.of()));
    assertThat(html)
        .contains("<li>2–4 s: client-limited, loop delay, GC pause</li>")
        .contains("<li>4–5 s: client-limited, no free core</li>")
        .contains("<td>loop delay, GC pause</td>");
    assertThat(html.split("<td>lost: the run&#39;s process was dead</td>", -1)).hasSize(2);
    assertThat(html).containsPattern("<td>5</td><td>hold</td>.*<td>n/a</td><td>n/a</td>");
  }

  @Test
  void html_withoutLimitedSeconds_listsNone() throws Exception {
    List<Window> windows = List.of(window(0, false, Set.of()), window(1, false, Set.of()));
    assertThat(html(new Analysis(run(), summary(), windows, Map.of())))
        .contains("How late Candor was")
        .doesNotContain("<li>0–");
  }

  private String html(Analysis analysis) throws IOException {
    Path file = temp.resolve("report.html");
    HtmlReport.write(analysis, SLOS, EVIL, file);
    // Of the scripts only those with data are ours.
    return Files.readString(file).replaceAll("(?s)<script>.*?</script>", "");
  }

  @Test
  void finalTable_saysWhyTheClientWasLimited_andWhatIsNotKnown() {
    assertThat(FinalTable.render(summary(), 80))
        .contains("client     3 of 60 s limited: loop delay 2, GC pause 1")
        .contains("loop p99 0.40 ms, send p99 1.20 ms; GC 3.00 ms, JVM stop 3.25 ms")
        .contains("core awaited 2.0 %, stolen n/a; unread 12 kB");
  }

  @Test
  void html_escapesEverything_andRefersToNothingOutside() throws Exception {
    List<Window> windows = List.of(window(0, false, Set.of()));
    String html = html(new Analysis(run(), summary(), windows, Map.of()));
    assertThat(html).contains("&lt;script&gt;alert(1)").doesNotContain("<script>");
    for (String data : html.split("<script type=\"application/json\">", -1)) {
      assertThat(data.indexOf("</script>")).isEqualTo(data.lastIndexOf("</script>"));
      assertThat(data).doesNotContain("<script");
    }
    assertThat(html).doesNotContain("http://").doesNotContain("https://").doesNotContain(" src=");
  }

  @Test
  void html_hasVerdictFiguresAndBounds_thenTables() throws Exception {
    String html = html(new Analysis(run(), summary(), List.of(), Map.of()));
    assertThat(html)
        .contains("<p class=\"verdict fail\">FAIL: 1 of 1 thresholds missed</p>")
        .contains("<li>ttft.p99 &lt; 400ms: found 500 ms</li>")
        .contains(
            "<span>TTFT p99</span><b>500 ms</b><small>p50 200 ms, SLO 300 ms to 400 ms</small>")
        .contains("<span>ITL p99</span><b>n/a</b><small></small>")
        .contains("<span>Output</span><b>83.30 tok/s</b>")
        .contains("<span>Goodput</span><b>97.0 %</b><small>32.30 good/s</small>")
        .contains(
            "Half of the answers began within 200 ms; one in a hundred waited longer than 500 ms, 2.5 times as long. The mean, 210 ms, says neither.")
        .contains("<a href=\"#notes\">1 thing to know</a>")
        .contains("completed 2,000, rate_limited 2, unfinished 1")
        .contains("500 ms [480–530]")
        .contains("n/a\n(3 samples)")
        .contains("40 requests on a new connection, 1,963 on a kept one, 1 sent once more")
        .contains("<h2>By address</h2>");
    // What has no data has no section.
    assertThat(html)
        .doesNotContain("What an average hides", "<h2>Retries", "Cost and waste", "Saturation");
  }

  @Test
  void html_contents_leadToEverySection() throws Exception {
    String html =
        html(new Analysis(run(), summary(), List.of(window(0, false, Set.of())), Map.of()));
    List<String> ids =
        Pattern.compile("<section id=\"([a-z0-9-]+)\">")
            .matcher(html)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(8);
    assertThat(ids).allSatisfy(id -> assertThat(html).contains("<li><a href=\"#" + id + "\">"));
  }

  @Test
  void finalTable_fits80Columns_andReconciles() {
    String text = FinalTable.render(summary(), 80);
    assertThat(text).contains("2003 intended = 2000 completed + 2 failed + 1 unfinished");
    assertThat(text).contains("n/a (3 samples)").contains("MISS ttft.p99 < 400ms  (found 500 ms)");
    assertThat(text)
        .contains("http       40 on new connections, 1,963 on kept ones, 1 sent once more")
        .contains("mean, kept: wait 210 ms\n")
        .contains("mean, new: dns 1.00 ms, wait 210 ms");
    assertThat(text.lines().filter(line -> line.length() > 80)).isEmpty();
  }

  @Test
  void junit_parsesBack() throws Exception {
    Path file = temp.resolve("junit.xml");
    JunitXml.write(summary(), file);
    var suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("2");
    assertThat(suite.getAttribute("name")).isEqualTo(EVIL);
  }

  @Test
  void junit_ofAnInvalidRun_isAnErrorAndNoFailure() throws Exception {
    Path file = temp.resolve("junit.xml");
    Summary s = summary();
    JunitXml.write(
        new Summary(
            s.candor(),
            s.scenario(),
            s.seed(),
            Verdict.INVALID,
            "INVALID: the client",
            null,
            List.of(),
            s.phases(),
            s.overall(),
            null,
            null,
            null,
            null,
            null,
            List.of()),
        file);
    assertThat(file)
        .content()
        .contains("failures=\"0\"", "errors=\"1\"", "<error message=\"INVALID: the client\">");
  }

  @Test
  void markdown_hasThresholdsAndFigures_andNothingThatIsMarkup() {
    String text = MarkdownSummary.text(summary());
    assertThat(text)
        .contains("| ttft.p99 &lt; 400ms | 500 ms | ❌ missed |")
        .contains("| ttft p99 | 500 ms |")
        .contains("| goodput | 97.0 % |")
        .doesNotContain("| itl p50 |", "| cost |")
        .doesNotContain("<script>");
  }

  @Test
  void liveView_withoutATerminal_isPlainAndSparse() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LiveView view = new LiveView(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80);
    for (int i = 1; i <= 40; i++) {
      view.update(
          new LiveSnapshot(
              i * 0.5,
              20,
              "hold",
              5,
              4,
              i,
              0,
              100,
              200.0,
              null,
              20.0,
              null,
              null,
              Map.of(),
              i < 20 ? Set.of() : Set.of(LimitReason.LOOP_DELAY),
              "0.1200 USD"));
    }
    view.finish();
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text.lines())
        .hasSize(4)
        .allMatch(line -> line.contains("ttft_p50=200 ms") && line.contains(" spent=0.1200_USD"));
    assertThat(text.lines().filter(line -> line.endsWith("CLIENT-LIMITED: loop delay"))).hasSize(3);
    assertThat(text).doesNotContain("\u001b");
  }
}
