package dev.candor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.foreign.Figure;
import dev.candor.analysis.foreign.OtherTool;
import dev.candor.analysis.foreign.OtherTools;
import dev.candor.analysis.foreign.ToolReport;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.TokenSource;
import dev.candor.report.console.OtherToolsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/other-tools.md against the code, on the records of a real run. {@code
 * -Dcandor.example.run=DIR} takes those of another run, {@code -Dcandor.golden.update=true} writes
 * its table into the page.
 */
final class WorkedExampleTest {
  private static final Path RECORDS =
      Path.of("src/test/resources/dev/candor/report/other-tools.txt");
  private static final Path PAGE = Path.of("../docs/other-tools.md");
  private static final int NONE = AttemptRecord.NONE;

  private static List<ToolReport> reports = List.of();

  @BeforeAll
  static void compute() throws IOException {
    String other = System.getProperty("candor.example.run");
    if (other != null) {
      take(Path.of(other));
    }
    List<String> lines = Files.readAllLines(RECORDS);
    long[] phase = numbers(lines.getFirst());
    OtherTools all = new OtherTools(run(phase[0], phase[1]), List.of(OtherTool.values()), null);
    lines.stream().skip(1).map(WorkedExampleTest::attempt).forEach(all::add);
    reports = all.reports();
  }

  @Test
  void table_isThePages() throws IOException {
    String table = OtherToolsTable.sideBySide(reports);
    String shown = table.substring(0, table.indexOf("\nWhy they differ")).stripTrailing();
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean("candor.golden.update")) {
      int from = page.indexOf("```\n", page.indexOf("## A worked example")) + 4;
      page = page.substring(0, from) + shown + page.substring(page.indexOf("\n```", from));
      Files.writeString(PAGE, page);
    }
    assertThat(page).contains("```\n" + shown + "\n```");
  }

  @Test
  void page_namesEveryFigureAndVersion() throws IOException {
    String page = Files.readString(PAGE);
    for (OtherTool tool : OtherTool.values()) {
      int from = page.indexOf("\n### " + tool.key() + ":");
      String section = page.substring(from, page.indexOf("\n##", from + 4));
      for (String version : tool.version().split(", ")) {
        assertThat(section).contains(version.replaceFirst(".* at ", ""));
      }
      for (Figure figure : report(tool).figures()) {
        assertThat(section).as(tool.key()).contains("`" + figure.key() + "`");
      }
    }
  }

  @Test
  void oneTool_fits80Columns() {
    for (OtherTool tool : OtherTool.values()) {
      String text = OtherToolsTable.one(report(tool));
      assertThat(text.lines().filter(line -> line.length() > 80)).isEmpty();
      assertThat(text).contains(tool.title()).contains(" successful, 0 failed");
    }
    assertThat(OtherToolsTable.sideBySide(reports).lines().filter(line -> line.length() > 80))
        .isEmpty();
  }

  private static ToolReport report(OtherTool tool) {
    return reports.stream().filter(each -> each.key().equals(tool.key())).findFirst().orElseThrow();
  }

  /** A line an attempt: instants from the run's start, then events, tokens, silent events. */
  private static void take(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    try (RunReader reader = RunReader.open(directory)) {
      PhaseRecord phase =
          reader.info().phases().stream().filter(each -> !each.warmup()).findFirst().orElseThrow();
      lines.add(phase.startNanos() + "," + phase.endNanos());
      reader.forEachAttempt(
          a -> {
            HttpPhases http = a.http();
            lines.add(
                String.join(
                    " ",
                    text(
                        a.phase() == phase.index() ? 1 : 0,
                        a.intended(),
                        a.sent(),
                        a.firstAnswer(),
                        a.end(),
                        a.connectNanos(),
                        a.inputTokens(),
                        a.outputTokens()),
                    text(http.blocked(), http.dns(), http.tcp(), http.tls(), http.send()),
                    text(a.eventNanos()),
                    text(Arrays.stream(a.eventTokens()).asLongStream().toArray()),
                    text(a.silentNanos())));
          });
    }
    Files.write(RECORDS, lines);
  }

  private static String text(long... numbers) {
    return numbers.length == 0 ? "-" : Arrays.toString(numbers).replaceAll("[\\[\\] ]", "");
  }

  private static long[] numbers(String text) {
    return text.equals("-")
        ? new long[0]
        : Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
  }

  private static AttemptRecord attempt(String line) {
    String[] parts = line.split(" ");
    long[] a = numbers(parts[0]);
    long[] http = numbers(parts[1]);
    long[] events = numbers(parts[2]);
    int[] tokens = Arrays.stream(numbers(parts[3])).mapToInt(Math::toIntExact).toArray();
    return new AttemptRecord(
        0,
        1,
        (int) a[0],
        "chat",
        0,
        0,
        AttemptRecord.NONE,
        0,
        a[1],
        a[2],
        events[0],
        events[0],
        events.length > 1 ? events[1] : NONE,
        a[3],
        events[events.length - 1],
        a[4],
        a[5],
        Outcome.COMPLETED,
        200,
        null,
        "stop",
        (int) a[6],
        (int) a[6],
        NONE,
        AttemptRecord.NONE,
        (int) a[7],
        NONE,
        TokenSource.USAGE,
        NONE,
        0,
        0,
        0,
        new HttpPhases(http[0], http[1], http[2], http[3], http[4], NONE),
        events,
        tokens,
        numbers(parts[4]),
        new long[0]);
  }

  private static RunInfo run(long from, long to) {
    return new RunInfo(
        "0.1.0",
        "other-words",
        7,
        "embedded mock",
        "mock-model",
        Instant.EPOCH,
        to,
        false,
        null,
        1,
        "here",
        List.of(
            new PhaseRecord(0, "warm-up", "closed", 4, null, false, true, from, 0, from, 0),
            new PhaseRecord(1, "hold", "closed", 4, null, false, false, to - from, from, to, 0)),
        List.of());
  }
}
