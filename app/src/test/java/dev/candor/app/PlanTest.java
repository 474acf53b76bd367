package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.analysis.plan.PlanJson;
import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code candor plan}, as its users call it, in virtual time. */
final class PlanTest {
  /** Four requests at a time, each of about twenty steps of 1 ms: 200 a second at most. */
  private static final String SWEEP =
      """
      name: small
      target: {ignore_eos: true, mock: {profile: tiny}}
      workload: {mix: [{name: short, input: "uniform(10, 20)", output: "uniform(15, 25)"}]}
      sweep:
        rate: 20/s..300/s
        warmup: 2s
        step: {requests: 2000, at_least: 5s, at_most: 30s}
        hold: {share: 80%, for: 60s}
      slo: {ttft: 30ms, itl: 10ms}
      """;

  @TempDir static Path shared;

  private static Path swept;
  private static Path plain;

  @TempDir Path temp;

  @BeforeAll
  static void sweep() throws IOException {
    swept = shared.resolve("swept");
    Path file = Files.writeString(shared.resolve("sweep.yaml"), SWEEP);
    Invocation done =
        Invocation.of("simulate", file.toString(), "--out", swept.toString(), "--quiet");
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    plain = shared.resolve("plain");
    Path load =
        Files.writeString(
            shared.resolve("load.yaml"),
            SWEEP.replaceAll("(?s)sweep:.*slo", "load: [{rate: 20/s, for: 5s}]\nslo"));
    Invocation other =
        Invocation.of("simulate", load.toString(), "--out", plain.toString(), "--quiet");
    assertThat(other.exitCode()).as(other.error()).isEqualTo(ExitCode.OK);
  }

  private static Invocation plan(Object... args) {
    List<String> all = new ArrayList<>(List.of("plan"));
    for (Object arg : args) {
      all.add(arg.toString());
    }
    return Invocation.of(all.toArray(String[]::new));
  }

  private CapacityPlan planned(Object... args) throws IOException {
    Invocation done = plan(args);
    assertThat(done.exitCode()).as(done.error() + done.output()).isEqualTo(ExitCode.OK);
    return PlanJson.read(Files.writeString(temp.resolve("read.json"), done.output()));
  }

  private static PlanCheck.Row row(PlanCheck check, String what) {
    return check.rows().stream()
        .filter(each -> each.what().contains(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + " in " + check.rows()));
  }

  @Test
  void plan_namedPeak_holdsAndOneFewerThanItsMinimumDoesNot() throws IOException {
    CapacityPlan plan = planned(swept, "--peak-rate", "500/s", "--json");

    PlanCheck check = Objects.requireNonNull(plan.check());
    int planned = plan.fleets().getFirst().replicas().likely();
    int minimum = Objects.requireNonNull(check.minimum());
    System.out.printf(
        "plan: %d replicas, at least %d by simulation and %d by the knee (%+.0f %%); goodput %s%n",
        planned,
        minimum,
        check.formula(),
        100 * Objects.requireNonNull(check.deviation()),
        check.rows().stream().map(each -> each.what() + " " + each.goodput()).toList());
    assertThat(check.target()).isEqualTo(0.99);
    assertThat(goodput(check, "the plan")).isGreaterThanOrEqualTo(0.99);
    // What was in flight on the replica died with it.
    assertThat(goodput(check, "around the loss")).isLessThan(1);
    assertThat(row(check, "after it").replicas()).isEqualTo(planned - 1);
    assertThat(goodput(check, "after it")).isGreaterThanOrEqualTo(0.99);
    assertThat(goodput(check, "the fewest")).isGreaterThanOrEqualTo(0.99);
    assertThat(row(check, "one fewer").replicas()).isEqualTo(minimum - 1);
    assertThat(goodput(check, "one fewer")).isLessThan(0.99);
    // A fleet shares its queue, which one replica of four places could not: the formula is safe.
    assertThat(check.deviation()).isBetween(0.0, 0.5);
    assertThat(minimum).isLessThan(planned);
  }

  private static double goodput(PlanCheck check, String what) {
    return Objects.requireNonNull(row(check, what).goodput());
  }

  @Test
  void plan_capacity_isThatOfTheHold() throws IOException {
    CapacityPlan plan = planned(swept, "--peak-rate", "1200/s", "--json", "--no-simulation");

    var capacity = plan.capacities().getFirst();
    assertThat(capacity.verified()).isTrue();
    assertThat(capacity.share()).isCloseTo(0.8, within(0.02));
    assertThat(capacity.mix().input()).isCloseTo(15, within(0.5));
    assertThat(capacity.mix().output()).isCloseTo(20, within(0.5));
    assertThat(capacity.requestsPerS()).isBetween(80.0, 200.0);
    assertThat(capacity.outputTps() / capacity.requestsPerS()).isCloseTo(20, within(1.0));
    assertThat(capacity.low()).isBetween(0.9, 0.999);
    assertThat(plan.need().replicas().likely())
        .isCloseTo(1200 * capacity.mix().output() / capacity.outputTps(), withinPercentage(5));
    assertThat(plan.check()).isNull();
  }

  @Test
  void plan_conversations_beginAsOftenAsTheirRequestsSay() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("chat.yaml"),
            SWEEP
                .replace(
                    "\"uniform(15, 25)\"",
                    "\"uniform(15, 25)\", turns: 2, follow_up: 5, think: 50ms")
                .replace("rate: 20/s..300/s", "rate: 10/s..150/s"));
    Path run = temp.resolve("chat");

    Invocation done =
        Invocation.of("simulate", file.toString(), "--out", run.toString(), "--quiet");
    assertThat(done.error()).isEmpty();

    CapacityPlan plan = planned(run, "--peak-rate", "300/s", "--json");

    PlanCheck check = Objects.requireNonNull(plan.check());
    double seconds = 15_000 / 300.0;
    assertThat((double) row(check, "the plan").requests())
        .isCloseTo(300 * seconds, withinPercentage(5));
    assertThat(check.notes().toString()).contains("150 a second (300 requests)", "prefix-aware");
  }

  @Test
  void plan_severalReplicasBehindTheRun_eachDidItsPart() throws IOException {
    CapacityPlan one = planned(swept, "--peak-rate", "1200/s", "--json", "--no-simulation");
    CapacityPlan two =
        planned(swept, "--peak-rate", "1200/s", "--json", "--no-simulation", "--replicas", "2");

    assertThat(two.need().replicas().likely())
        .isCloseTo(2 * one.need().replicas().likely(), within(1e-6));
  }

  @Test
  void plan_profileAlone_sweepsItInVirtualTime() throws IOException {
    CapacityPlan plan =
        planned(
            "--profile",
            "tiny",
            "--input",
            "15",
            "--output",
            "20",
            "--peak-output-tps",
            "8000",
            "--slo",
            "ttft=30ms",
            "--zones",
            "2",
            "--json");

    assertThat(plan.notes()).anyMatch(note -> note.contains("nothing was measured"));
    int planned = plan.fleets().getFirst().replicas().likely();
    PlanCheck check = Objects.requireNonNull(plan.check());
    assertThat(row(check, "after it").replicas()).isEqualTo(planned / 2);
    assertThat(check.agrees()).isTrue();
  }

  @Test
  void plan_file_isReadAndWritten() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("plan.yaml"),
            """
            runs: [%s]
            peak: {rate: 500/s}
            growth: 20%%
            headroom: 1.5
            quota: {rpm: 20k, output_tpm: 2M}
            daily: [1, 1, 1, 1, 1, 2, 3, 5, 7, 9, 10, 10, 9, 9, 9, 8, 8, 7, 6, 5, 4, 3, 2, 1]
            gpu: {hourly: 2, count: 2}
            simulate: false
            """
                .formatted(swept));
    Path out = temp.resolve("out");

    Invocation done = plan(file, "--out", out);

    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    assertThat(done.output())
        .contains("rpm", "36,000", "binds", "Over the day", "2 GPU × 2.00 an hour");
    assertThat(Files.readString(out.resolve("plan.md"))).contains("| rpm | 36,000 | 20,000 |");
    assertThat(PlanJson.read(out.resolve("plan.json")).demand().requestsPerS()).isEqualTo(600);
    assertThat(Page.own(out.resolve("plan.html")))
        .contains("Replicas over the day", "id=\"plan-needs\"", "id=\"plan-day\"")
        .doesNotContain("http://", "https://", " src=");
  }

  @Test
  void plan_flagBesideFile_theFlagWins() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("plan.yaml"),
            "runs: [%s]\npeak: {users: 5}\nsimulate: false\n".formatted(swept));

    assertThat(planned(file, "--peak-rate", "7/s", "--json").demand().requestsPerS()).isEqualTo(7);
  }

  @Test
  void report_planBesideTheRun_hasASection() throws IOException {
    Path copy = temp.resolve("copy");
    Files.createDirectories(copy);
    try (var files = Files.list(swept)) {
      for (Path each : files.toList()) {
        Files.copy(each, copy.resolve(each.getFileName()));
      }
    }
    Invocation done = plan(copy, "--peak-rate", "100/s", "--no-simulation", "--out", copy);
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);

    Invocation report = Invocation.of("report", copy.toString(), "--quiet");

    assertThat(report.exitCode()).as(report.error()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(copy.resolve("report.html"))).contains("Capacity plan", "What if");
  }

  @Test
  void plan_badInput_saysWhatWouldBeRight() {
    assertSays(plan(plain, "--peak-rate", "5/s"), "has no sweep", "candor sweep");
    assertSays(plan(swept), "no peak", "--peak-rate 50/s");
    assertSays(plan(swept, "--peak-rate", "0"), "above 0");
    assertSays(plan(swept, "--peak-output-tps", "0"), "above 0");
    assertSays(plan(swept, "--peak-rate", "5/s", "--users", "3"), "found several");
    assertSays(plan(swept, "--peak-rate", "5/s", "--headroom", "-1"), "from 1 to 10");
    assertSays(
        plan(swept, "--peak-rate", "5/s", "--profile", "tyni"), "there is no profile 'tyni'");
    assertSays(plan(swept, "--peak-rate", "5/s", "--daily", "1,2"), "must be 24");
    assertSays(plan(swept, "--peak-rate", "5/s", "--hit-rate", "100%"), "below 100%");
    assertSays(plan(swept, "--peak-rate", "5/s", "--gpu-hour", "-2"), "at least 0");
    assertSays(plan("--peak-rate", "5/s"), "nothing to plan from", "--profile");
    assertSays(plan("--profile", "tiny", "--peak-rate", "5/s"), "--input and --output");
    assertSays(plan(temp.resolve("none"), "--peak-rate", "5/s"), "not the directory of a run");
  }

  @Test
  void plan_invalidRun_needsForce() throws IOException {
    Path copy = temp.resolve("invalid");
    Files.createDirectories(copy);
    try (var files = Files.list(swept)) {
      for (Path each : files.toList()) {
        Files.copy(each, copy.resolve(each.getFileName()));
      }
    }
    Path summary = copy.resolve("summary.json");
    Files.writeString(
        summary,
        Files.readString(summary)
            .replaceFirst("\"verdict\" : \"pass\"", "\"verdict\" : \"invalid\""));

    assertSays(plan(copy, "--peak-rate", "5/s", "--no-simulation"), "is INVALID", "--force");
    assertThat(plan(copy, "--peak-rate", "5/s", "--no-simulation", "--force").exitCode())
        .isEqualTo(ExitCode.OK);
  }

  private static void assertSays(Invocation invocation, String... words) {
    assertThat(invocation.exitCode()).as(invocation.error()).isEqualTo(ExitCode.USAGE);
    assertThat(invocation.error()).contains(words).doesNotContain("\tat ");
  }
}
