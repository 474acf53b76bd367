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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor audit}, with applications of a few lines. */
final class AuditCommandTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path temp;

  private static Invocation audit(String flags, String... command) {
    List<String> words = new ArrayList<>(List.of("audit"));
    words.addAll(List.of(flags.split(" ")));
    words.add("--");
    words.addAll(List.of(command));
    return Invocation.of(words.toArray(String[]::new));
  }

  private static Invocation asked(String flags, String policy) {
    return audit(flags, JAVA.toString(), "../examples/audit/Ask.java", policy);
  }

  @Test
  void applicationThatRetriesAtOnce_isAStorm_exit1_withFindingsAndFiles() throws IOException {
    Path out = temp.resolve("audit");
    Invocation audit = asked("../examples/audit/script.yaml --json --out " + out, "at-once");
    assertThat(audit.exitCode()).as(audit.error()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    JsonNode json = JsonMapper.shared().readTree(audit.output());
    assertThat(json.get("verdict").stringValue()).isEqualTo("storm");
    assertThat(json.get("findings").findValuesAsString("id"))
        .contains("retries-at-once", "retry-after-ignored", "too-many-attempts", "cut-retried");
    assertThat(json.get("acts").findValuesAsString("name"))
        .containsExactly(
            "baseline", "rate limit that says how long", "rate limit", "cut", "recovery");
    assertThat(json.at("/acts/0/audit/verdict").stringValue()).isEqualTo("none");
    assertThat(json.at("/acts/1/audit/verdict").stringValue()).isEqualTo("storm");
    assertThat(json.get("application_exit").isNull()).isTrue();
    assertThat(audit.error()).contains("OPENAI_BASE_URL=http://127.0.0.1:", "rate limit, 3 s");
    assertThat(JsonMapper.shared().readTree(Files.readString(out.resolve("audit.json"))))
        .isEqualTo(json);
    assertThat(out.resolve("audit.md"))
        .content()
        .contains("| act | calls |", "retries: storm", "### critical: retries-at-once");
    assertThat(out.resolve("junit.xml"))
        .content()
        .contains("tests=\"6\"", "name=\"act rate limit\"><failure message=\"storm: ");
  }

  @Test
  void applicationThatBacksOff_isGraceful_exit0() {
    Invocation audit = asked("../examples/audit/script.yaml", "backoff");
    assertThat(audit.exitCode()).as(audit.output() + audit.error()).isEqualTo(ExitCode.OK);
    assertThat(audit.output())
        .contains("verdict: graceful")
        .doesNotContain("critical")
        .containsPattern("rate limit that says how long .* (\\d+) of \\1 kept");
  }

  @Test
  void applicationThatEndsByItself_endsTheAudit_itsExitCodeIsTold() {
    Invocation audit =
        audit(
            "../examples/audit/script.yaml --for 600s",
            "bash",
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/$(sed 's/.*:\\([0-9]*\\)[/]v1/\\1/' <<<\"$OPENAI_BASE_URL\"); "
                + "printf 'POST /v1/chat/completions HTTP/1.0\\r\\ncontent-length: 65\\r\\n\\r\\n"
                + "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}   ' >&3;"
                + " cat <&3 >&2; sleep 0.3; exit 7");
    assertThat(audit.exitCode()).as(audit.output() + audit.error()).isEqualTo(ExitCode.OK);
    assertThat(audit.output())
        .contains(
            "it ended by itself with exit code 7", "verdict: none", "not reached: rate limit");
  }

  @Test
  void noRequest_exit3_saysHowToPointThere() {
    Invocation audit = audit("--wait 100ms", "sleep", "60");
    assertThat(audit.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
    assertThat(audit.error())
        .contains(
            "no request came (the application: it was ended with the audit)", "OPENAI_BASE_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.yaml | nowhere.yaml: there is no such file; name an audit's script",
        "a.yaml b.yaml | found b.yaml beside the script a.yaml",
        "--for soon | --for: 'soon' is not a duration",
        "--for 0 | --for: found 0, must be longer than 0",
      })
  void mistake_exit2_namesIt(String flags, String said) {
    Invocation audit = audit(flags, "true");
    assertThat(audit.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(audit.error()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void applicationThatCannotBeStarted_exit2() {
    Invocation audit = audit("--wait 1s", "/nowhere/application");
    assertThat(audit.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(audit.error()).contains("the application cannot be started", "/nowhere/application");
  }
}
