package dev.candor.app.cli;

import dev.candor.app.audit.AuditFiles;
import dev.candor.app.audit.AuditResult;
import dev.candor.app.audit.AuditRun;
import dev.candor.app.audit.AuditText;
import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.scenario.AuditScript;
import dev.candor.scenario.yaml.AuditScriptFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code candor audit}. */
@Command(
    name = "audit",
    description =
        "Plays a script of troubles (429 with and without retry-after, a 503 burst, hanging and cut answers) to your"
            + " application, and says how it retried, with a verdict and the fix for each finding (docs/audit.md). Behind --"
            + " stands the application's command; without it, start the application yourself.",
    customSynopsis =
        "candor audit [SCRIPT.yaml] [--for TIME] [--port N] [--out DIR] [--json] [-- COMMAND ARG...]",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing failed, or the application is graceful",
      "1:it is naive, or a storm",
      "2:usage or script error",
      "3:no request came"
    })
final class AuditCommand implements Callable<Integer> {
  private static final String END_OF_FLAGS = "--";

  @Spec CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SCRIPT", hidden = true)
  List<String> words = List.of();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description =
          "The script in this time: acts, windows and retry-after are all as much shorter or longer.")
  @Nullable String duration;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "How long to wait for the first request. Default: ${DEFAULT-VALUE}.")
  String wait = "5m";

  @Option(names = "--port", paramLabel = "N", description = "0, the default: any free one.")
  int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Root of the mock's randomness. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write audit.json, audit.md and junit.xml there.")
  @Nullable Path out;

  @Option(
      names = "--json",
      description = "Print audit.json on standard output; all else goes to standard error.")
  boolean json;

  AuditCommand() {
    // Set by picocli before anything else.
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws InterruptedException {
    AuditRun.Order order = order();
    CountDownLatch ended = new CountDownLatch(1);
    Signals.register("INT", ended::countDown);
    Signals.register("TERM", ended::countDown);
    AuditResult result = new AuditRun(order, json ? System.err : System.out).carryOut(ended);
    if (!result.asked()) {
      System.err.println("candor: audit: " + nobody(result));
      return ExitCode.NOT_CARRIED_OUT;
    }
    if (out != null) {
      AuditFiles.write(result, Version.text(), out);
    }
    if (json) {
      System.out.println(AuditFiles.json(result, Version.text()));
    } else {
      System.out.println();
      System.out.print(AuditText.of(result));
    }
    return result.passed() ? ExitCode.OK : ExitCode.THRESHOLD_FAILED;
  }

  private static String nobody(AuditResult result) {
    String application =
        result.application() == null ? "" : " (the application: " + result.application() + ")";
    return "no request came%s; point the application at the address above: most SDKs read OPENAI_BASE_URL or ANTHROPIC_BASE_URL, Spring AI spring.ai.openai.base-url"
        .formatted(application);
  }

  private AuditRun.Order order() {
    int ofCommand = commandWords(spec.root().commandLine().getParseResult().originalArgs());
    List<String> ahead = words.subList(0, words.size() - ofCommand);
    List<String> command = words.subList(words.size() - ofCommand, words.size());
    if (ahead.size() > 1) {
      throw CandorException.user(
          "found %s beside the script %s; the application's command stands behind --"
              .formatted(ahead.get(1), ahead.getFirst()));
    }
    Path file = ahead.isEmpty() ? null : Path.of(ahead.getFirst());
    AuditScript script = file == null ? AuditScriptFile.builtIn() : AuditScriptFile.read(file);
    if (duration != null) {
      script = script.lasting(nanos("--for", duration));
    }
    return new AuditRun.Order(
        file == null ? "the built-in script" : file.toString(),
        script,
        port,
        seed,
        nanos("--wait", wait),
        command);
  }

  /** How many of the arguments stand behind the first {@code --}. */
  private static int commandWords(List<String> arguments) {
    int end = arguments.indexOf(END_OF_FLAGS);
    return end < 0 ? 0 : arguments.size() - end - 1;
  }

  private static long nanos(String flag, String text) {
    try {
      long nanos = Durations.parseNanos(text);
      if (nanos > 0) {
        return nanos;
      }
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
    throw CandorException.user("%s: found %s, must be longer than 0".formatted(flag, text));
  }
}
