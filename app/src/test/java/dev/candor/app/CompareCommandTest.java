package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor compare}, on simulated runs. */
final class CompareCommandTest {
  private static final String CHAT =
      """
      name: chat
      target: {ignore_eos: true, mock: {profile: h100-llama3-8b}}
      workload: {mix: [{name: chat, input: "lognormal(300, 0.6)", output: "lognormal(60, 0.6)"}]}
      load: [{users: 5, for: 3s, warmup: true}, {name: hold, users: 10, for: 40s}]
      """;

  @TempDir Path temp;

  private String simulated(String name, String yaml, long seed) throws IOException {
    Path file = Files.writeString(temp.resolve("scenario.yaml"), yaml);
    Path out = temp.resolve(name);
    Invocation done =
        Invocation.of(
            "simulate",
            file.toString(),
            "--seed",
            Long.toString(seed),
            "--quiet",
            "--out",
            out.toString());
    assertThat(done.error()).isEmpty();
    return out.toString();
  }

  @Test
  void compare_twiceTheLoad_isWorse_andWhatDiffersStandsFirst() throws Exception {
    String base = simulated("a", CHAT, 1);
    String busy = simulated("b", CHAT.replace("users: 10", "users: 30"), 2);
    Path out = temp.resolve("out");
    Path junit = temp.resolve("junit.xml");

    Invocation text =
        Invocation.of("compare", base, busy, "--out", out.toString(), "--junit", junit.toString());
    assertThat(text.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(text.output())
        .containsSubsequence(
            "base: " + base,
            "new:  " + busy,
            "what differs, base -> new:",
            "load[1].users: 10 -> 30",
            "seed: 1 -> 2",
            "hold ",
            "itl.p50",
            "WORSE",
            "one run a side");

    Invocation markdown = Invocation.of("compare", base, busy, "--format", "markdown");
    assertThat(markdown.output())
        .startsWith("### ❌")
        .contains("| load[1].users | 10 | 30 |", "| itl.p50 |", "🔴 worse")
        .isEqualTo(Files.readString(out.resolve("compare.md")));

    JsonNode json = JsonMapper.shared().readTree(Files.readString(out.resolve("compare.json")));
    assertThat(json.path("verdicts").path("worse").asInt()).isPositive();
    JsonNode metrics = json.at("/compared/0/phases/0/metrics");
    assertThat(metrics.get(0).path("metric").stringValue()).isEqualTo("ttft.mean");

    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getDocumentElement();
    assertThat(suite.getElementsByTagName("failure").getLength())
        .isEqualTo(json.path("verdicts").path("worse").asInt())
        .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(metrics.size());
  }

  @Test
  void compare_otherSeed_isNotWorse_severalRunsToo() throws IOException {
    String a = simulated("a", CHAT, 1);
    String b = simulated("b", CHAT, 2);
    String c = simulated("c", CHAT, 3);
    Invocation one = Invocation.of("compare", a, b);
    assertThat(one.exitCode()).as(one.output()).isEqualTo(ExitCode.OK);
    Invocation several = Invocation.of("compare", a + "," + b, c, "--json");
    assertThat(several.exitCode()).as(several.output()).isEqualTo(ExitCode.OK);
    JsonNode json = JsonMapper.shared().readTree(several.output());
    assertThat(json.path("base").size()).isEqualTo(2);
    assertThat(json.path("between_runs").booleanValue()).isTrue();
    Invocation named = Invocation.of("compare", "--base", a, "--base", b, "--new", c, "--json");
    assertThat(named.output()).isEqualTo(several.output());
    Invocation two = Invocation.of("compare", a, b, c, "--metric", "itl", "--json");
    assertThat(JsonMapper.shared().readTree(two.output()).path("compared").size()).isEqualTo(2);
  }

  @Test
  void mistakes_areExitCode2_andSayWhatWouldBeRight() throws IOException {
    String a = simulated("a", CHAT, 1);
    mistake("name a base and at least one run", "compare", a);
    mistake("is not the directory of a run", "compare", a, temp.resolve("none").toString());
    mistake("did you mean 'ttft.p99'?", "compare", a, a, "--metric", "ttf.p99");
    mistake("did you mean 'hold'?", "compare", a, a, "--phase", "held");
    mistake("--level: found 0", "compare", a, a, "--level", "0");
    mistake("--least-effect: found '-3%'", "compare", a, a, "--least-effect=-3%");
    mistake("known are text, markdown", "compare", a, a, "--format", "pdf");
    Files.delete(Path.of(a).resolve("summary.json"));
    mistake("has no summary.json; candor report", "compare", a, a);
    Files.writeString(Path.of(a).resolve("run.json"), "{");
    mistake("candor", "compare", a, a);
  }

  private static void mistake(String message, String... args) {
    Invocation done = Invocation.of(args);
    assertThat(done.exitCode()).as(done.output()).isEqualTo(ExitCode.USAGE);
    assertThat(done.error()).contains(message).doesNotContain("\tat ");
    assertThat(done.output()).isEmpty();
  }
}
