package dev.candor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.record.RunInfo;
import dev.candor.report.console.FinalTable;
import dev.candor.report.html.HtmlReport;
import dev.candor.report.junit.JunitXml;
import dev.candor.report.markdown.MarkdownSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {
  private static final String EVIL = "<script>alert(1)</script>\"'&";

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
  void html_shadesLimitedSeconds_withTheirReasons() throws Exception {
    Set<LimitReason> both = EnumSet.of(LimitReason.GC_PAUSE, LimitReason.LOOP_DELAY);
    List<Window> windows =
        List.of(
            window(0, true, Set.of()),
            window(1, true, Set.of()),
            window(2, false, both),
            window(3, false, both),
            window(4, false, EnumSet.of(LimitReason.RUN_QUEUE)),
            window(5, false, Set.of()));
    Path file = temp.resolve("report.html");
    HtmlReport.write(new Analysis(run(), summary(), windows, Map.of()), "", file);
    String html = Files.readString(file);
    String charts = "<svg viewBox=\"0 0 720 220\"";
    int pictures = html.split(charts, -1).length - 1;
    assertThat(html.split("<rect class=warmup ", -1)).hasSize(pictures + 1);
    assertThat(html.split("<rect class=limited ", -1)).hasSize(2 * pictures + 1);
    assertThat(html)
        .contains("<title>0–2 s: warm-up</title>")
        .contains("<title>2–4 s: client-limited, loop delay, GC pause</title>")
        .contains("<li>4–5 s: client-limited, no free core</li>")
        .contains("<i></i>client-limited</span>")
        .contains("<td>loop delay, GC pause</td>");
  }

  @Test
  void html_lostSeconds_areShaded_andHaveNoFigures() throws Exception {
    List<Window> windows =
        List.of(
            window(0, false, Set.of()),
            window(1, false, Set.of(), 1),
            window(2, false, Set.of(), 0.75),
            window(3, false, Set.of(), 0.25));
    Path file = temp.resolve("report.html");
    HtmlReport.write(new Analysis(run(), summary(), windows, Map.of()), "", file);
    String html = Files.readString(file);
    int pictures = html.split("<svg viewBox=\"0 0 720 220\"", -1).length - 1;
    assertThat(html.split("<rect class=dead ", -1)).hasSize(pictures + 1);
    assertThat(html)
        .contains("<title>1–3 s: lost, the run&#39;s process was dead</title>")
        .contains("<i></i>lost: process dead</span>");
    // A line of its own on either side: none is drawn through what was lost.
    assertThat(html).containsPattern("d=\"M[0-9. ]+M[0-9. ]+\"");
    assertThat(html.split("<td>lost: the run&#39;s process was dead</td>", -1)).hasSize(3);
  }

  @Test
  void html_ofADay_joinsTheBandsThatAPictureCannotTellApart() throws Exception {
    List<Window> windows =
        IntStream.range(0, 86_400)
            .mapToObj(
                second ->
                    window(
                        second,
                        false,
                        second % 2 == 0 || second > 50_000
                            ? Set.of()
                            : EnumSet.of(
                                second % 4 == 1 ? LimitReason.GC_PAUSE : LimitReason.LOOP_DELAY)))
            .toList();
    Path file = temp.resolve("report.html");
    HtmlReport.write(new Analysis(run(), summary(), windows, Map.of()), "", file);
    String html = Files.readString(file);
    int pictures = html.split("<svg viewBox=\"0 0 720 220\"", -1).length - 1;
    assertThat(html.split("<rect class=limited ", -1)).hasSize(pictures + 1);
    assertThat(html).contains("<title>1–50000 s: client-limited, loop delay, GC pause</title>");
  }

  @Test
  void html_withoutLimitedSeconds_hasNoBand() throws Exception {
    Path file = temp.resolve("report.html");
    List<Window> windows = List.of(window(0, false, Set.of()), window(1, false, Set.of()));
    HtmlReport.write(new Analysis(run(), summary(), windows, Map.of()), "", file);
    assertThat(Files.readString(file))
        .doesNotContain("<rect class=warmup")
        .doesNotContain("<rect class=limited")
        .doesNotContain("class=bands");
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
    Path file = temp.resolve("report.html");
    HtmlReport.write(new Analysis(run(), summary(), List.of(), Map.of()), EVIL, file);
    String html = Files.readString(file);
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
    assertThat(html).doesNotContain("http://").doesNotContain("https://").doesNotContain("src=");
    assertThat(html).contains("completed 2,000, rate_limited 2, unfinished 1");
    assertThat(html).contains("500 ms").contains("n/a\n(3 samples)").contains("97.0 %");
    assertThat(html)
        .contains("40 requests on a new connection, 1,963 on a kept one, 1 sent once more")
        .contains("<title>wait 210 ms</title>")
        .contains("<h2>By address</h2>");
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
}
