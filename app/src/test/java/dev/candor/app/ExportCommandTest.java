package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ExportCommandTest {
  @TempDir Path temp;

  private Path simulated() throws Exception {
    Path scenario =
        Files.writeString(
            temp.resolve("s.yaml"),
            """
            target: {mock: {ttft: 40ms, itl: 4ms}}
            workload: {mix: [{name: "a, b", input: 20, output: 12}]}
            load: [{users: 3, for: 20s}]
            """);
    Path run = temp.resolve("the run");
    Invocation said = Invocation.of("simulate", scenario.toString(), "--out", run.toString());
    assertThat(said.exitCode()).as(said.error()).isZero();
    return run;
  }

  @Test
  void export_everyFormat_hasEveryAttempt() throws Exception {
    Path run = simulated();
    Path csv = temp.resolve("csv");
    Path parquet = temp.resolve("parquet");
    Path lines = temp.resolve("run.lp");

    Invocation said =
        Invocation.of(
            "export",
            run.toString(),
            "--csv",
            csv.toString(),
            "--parquet",
            parquet.toString(),
            "--influx",
            lines.toString());

    assertThat(said.exitCode()).as(said.error()).isZero();
    assertThat(said.output()).contains(csv.resolve("attempts.csv").toString(), lines.toString());
    JsonNode overall =
        JsonMapper.shared().readTree(Files.readString(run.resolve("summary.json"))).get("overall");
    int attempts = overall.at("/attempts").asInt();
    assertThat(attempts).isPositive();
    List<String> rows = Files.readAllLines(csv.resolve("attempts.csv"));
    assertThat(rows).hasSize(attempts + 1);
    assertThat(rows.getFirst()).startsWith("request,").doesNotContain("event");
    assertThat(Files.readAllLines(csv.resolve("windows.csv")).getFirst())
        .isEqualTo("second,phase,metric,value");
    assertThat(parquet.resolve("attempts.parquet"))
        .hasSameBinaryContentAs(run.resolve("attempts.parquet"));
    List<String> written = Files.readAllLines(lines);
    assertThat(written.stream().filter(line -> line.startsWith("candor_attempt,")))
        .hasSize(attempts)
        .allMatch(line -> line.contains(",class=a\\,\\ b,") && line.contains(",run=the\\ run,"))
        .allMatch(line -> line.contains("output_tokens=12i") && line.contains("ttft="));
    assertThat(written).anyMatch(line -> line.startsWith("candor_window,"));
  }

  @Test
  void export_mistakes_areNamed() throws Exception {
    assertThat(Invocation.of("export", temp.toString()).error())
        .contains("give --csv, --parquet or --influx");
    Path run = simulated();
    assertThat(Invocation.of("export", run.toString(), "--parquet", run.toString()).error())
        .contains("is the run itself");
    assertThat(Invocation.of("export", temp.toString(), "--csv", temp.toString()).error())
        .contains("is not the directory of a run");
  }
}
