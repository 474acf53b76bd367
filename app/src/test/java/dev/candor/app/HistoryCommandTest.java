package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor history}, on simulated runs. */
final class HistoryCommandTest {
  private static final String CHAT =
      """
      name: chat
      tags: [nightly]
      target: {ignore_eos: true, mock: {profile: h100-llama3-8b}}
      workload: {mix: [{name: chat, input: "lognormal(300, 0.6)", output: "lognormal(60, 0.6)"}]}
      load: [{users: 5, for: 3s, warmup: true}, {name: hold, users: 10, for: 20s}]
      """;

  @TempDir Path temp;

  private String[] args(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--history");
    all.add(temp.resolve("history.duckdb").toString());
    return all.toArray(String[]::new);
  }

  private Invocation history(String... args) {
    return Invocation.of(args(args));
  }

  private String simulated(String name, String yaml, long seed, String... more) throws IOException {
    Path file = Files.writeString(temp.resolve("scenario.yaml"), yaml);
    String out = temp.resolve(name).toString();
    List<String> args =
        new ArrayList<>(
            List.of(
                "simulate",
                file.toString(),
                "--seed",
                Long.toString(seed),
                "--quiet",
                "--out",
                out));
    args.addAll(List.of(more));
    Invocation done = Invocation.of(args.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    return out;
  }

  @Test
  void runs_areAddedWhereAskedFor_withTheirTags_andListed() throws IOException {
    String kept = simulated("kept", CHAT, 1, args("--tag", "good"));
    String other = simulated("other", CHAT.replace("tags: [nightly]\n", ""), 2);
    assertThat(history("history", "--json").output()).doesNotContain(other);

    assertThat(history("history", "add", other, "--tag", "by-hand").output())
        .isEqualTo("run 2: " + other + "\n");
    JsonNode runs = JsonMapper.shared().readTree(history("history", "list", "--json").output());
    assertThat(runs.size()).isEqualTo(2);
    assertThat(runs.path(0).path("directory").stringValue()).isEqualTo(kept);
    assertThat(runs.path(0).path("tags").toString()).isEqualTo("[\"nightly\",\"good\"]");
    assertThat(runs.path(1).path("tags").toString()).isEqualTo("[\"by-hand\"]");
    assertThat(runs.path(1).path("scenario_hash")).isEqualTo(runs.path(0).path("scenario_hash"));
    assertThat(history("history", "--tag", "good").output()).contains(kept).doesNotContain(other);
    assertThat(history("history", "--last", "1").output()).contains(other).doesNotContain(kept);

    assertThat(history("history", "remove", "1").output()).isEqualTo("removed: 1\n");
    assertThat(history("history").output()).doesNotContain(kept).contains(other);
    assertThat(Path.of(kept)).exists();
  }

  @Test
  void show_metric_marksTheRunThatChangedIt_andChartsIt() throws IOException {
    for (int i = 1; i <= 6; i++) {
      String run = simulated("run" + i, CHAT, i);
      assertThat(history("history", "add", run).exitCode()).isEqualTo(ExitCode.OK);
    }
    String slow = simulated("slow", CHAT.replace("h100-llama3-8b", "a100-llama3-8b"), 7, args());
    Invocation shown = history("history", "show", "itl.p50");
    assertThat(shown.output()).contains("itl.p50, overall, chat", "▁▁▁▁▁▁█");
    assertThat(shown.output().lines().filter(line -> line.contains("CHANGED")))
        .singleElement()
        .satisfies(line -> assertThat(line.strip()).startsWith("7 "));
    JsonNode json =
        JsonMapper.shared().readTree(history("history", "show", "itl.p50", "--json").output());
    assertThat(json.at("/runs/6/mark").stringValue()).isEqualTo("change");
    assertThat(json.at("/runs/6/directory").stringValue()).isEqualTo(slow);

    Path page = temp.resolve("trend.html");
    assertThat(history("history", "chart", "--out", page.toString()).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(Page.own(page))
        .contains("chat: itl.p50, overall", "\"changed: run 7\"")
        .doesNotContain("http://", " src=");
  }

  @Test
  void compare_takesTheLastGoodRunOfTheSame() throws IOException {
    String first = simulated("first", CHAT, 1, args());
    String second = simulated("second", CHAT, 2, args("--tag", "release"));
    // One that did not pass is no baseline.
    Path strict =
        Files.writeString(temp.resolve("strict.yaml"), CHAT + "thresholds: [\"itl.p50 < 1ms\"]\n");
    Invocation failed =
        Invocation.of(
            args("simulate", strict.toString(), "--out", temp.resolve("failed").toString()));
    assertThat(failed.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    String fresh = simulated("fresh", CHAT, 4);

    Invocation compared = history("history", "compare", fresh);
    assertThat(compared.exitCode()).as(compared.output()).isEqualTo(ExitCode.OK);
    assertThat(compared.output()).startsWith("base: " + second + "\nnew:  " + fresh);
    assertThat(history("history", "compare", fresh, "--baseline", "release").output())
        .startsWith("base: " + second);
    assertThat(history("history", "compare", second).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(history("history", "compare", second, "--baseline", "nightly").output())
        .startsWith("base: " + first);

    String busy = simulated("busy", CHAT.replace("users: 10", "users: 40"), 5);
    Invocation other = history("history", "compare", busy);
    assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(other.error()).contains("the 3 in the history had other settings", "--by-name");
    Invocation byName = history("history", "compare", busy, "--by-name", "--format", "markdown");
    assertThat(byName.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(byName.output()).contains("| load[1].users | 10 | 40 |");
  }

  @Test
  void mistakes_areExitCode2_andSayWhatWouldBeRight() throws IOException {
    mistake("there is no history there yet", "history");
    String run = simulated("run", CHAT, 1, args());
    mistake("is not the directory of a run", "history", "add", temp.toString());
    mistake("did you mean 'itl.p50'?", "history", "show", "itk.p50");
    mistake("did you mean 'hold'?", "history", "show", "itl.p50", "--phase", "hald");
    mistake("did you mean 'chat'?", "history", "--scenario", "chap");
    mistake("did you mean 'nightly'?", "history", "--tag", "nightli");
    mistake("no run of the history", "history", "remove", "99");
    mistake("--last: found 0", "history", "--last", "0");
    mistake("--tag: found 'a,b'", "history", "add", run, "--tag", "a,b");
    Files.writeString(temp.resolve("history.duckdb"), "damaged".repeat(5000));
    mistake("cannot be opened as a history", "history");
  }

  private void mistake(String message, String... args) {
    Invocation done = history(args);
    assertThat(done.exitCode()).as(done.output()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void run_whoseHistoryCannotBeWritten_isARunAllTheSame() throws IOException {
    Path file = Files.writeString(temp.resolve("history.duckdb"), "damaged".repeat(5000));
    String run = simulated("run", CHAT, 1, args());
    assertThat(Path.of(run).resolve("summary.json")).exists();
    assertThat(Files.readString(file)).startsWith("damaged");
  }
}
