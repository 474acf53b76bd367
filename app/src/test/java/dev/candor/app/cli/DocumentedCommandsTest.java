package dev.candor.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents tell a user to type is what the command line takes. */
final class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** A call in a block of code, up to what the shell takes for itself. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?:^|[\\s'\"=])(?:\\./)?(?:candor/)?candor ((?:'[^']*'|\"[^\"]*\"|[^'\"#|>;&])*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Stands for anything: a form, not a call. */
  private static final Pattern FORM = Pattern.compile("[…\\[\\]]|\\.\\.\\.| -- ");

  private record Call(String where, List<String> words) {}

  private static List<Call> calls(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    boolean code = false;
    int number = 0;
    StringBuilder line = new StringBuilder();
    for (String each : Files.readAllLines(file)) {
      number++;
      if (each.startsWith("```")) {
        code = !code;
        continue;
      }
      if (!code) {
        continue;
      }
      if (each.endsWith("\\")) {
        line.append(each, 0, each.length() - 1);
        continue;
      }
      String whole = line.append(each).toString();
      line.setLength(0);
      Matcher call = CALL.matcher(whole.strip().replaceFirst("^\\$ ", ""));
      if (isCall(whole) && call.find() && !FORM.matcher(call.group(1)).find()) {
        calls.add(new Call("%s:%d".formatted(file.getFileName(), number), words(call.group(1))));
      }
    }
    return calls;
  }

  /** Prose in a block, such as a tool's own output, begins otherwise. */
  private static boolean isCall(String line) {
    return line.strip()
        .matches(
            "(?:\\$ |- |run: |sh '|int code = sh\\(.*script: '|[A-Z_]+=\\S+ )?(?:\\./)?(?:candor/)?candor [a-z]+(?: .*)?");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }

  @Test
  void commands_ofAllDocuments_areTaken() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    int taken = 0;
    List<String> refused = new ArrayList<>();
    for (Path document : documents) {
      for (Call call : calls(document)) {
        try {
          new CommandLine(new CandorCommand()).parseArgs(call.words().toArray(String[]::new));
          taken++;
        } catch (CommandLine.ParameterException e) {
          refused.add("%s: candor %s: %s".formatted(call.where(), call.words(), e.getMessage()));
        }
      }
    }
    if (!refused.isEmpty()) {
      fail(String.join("\n", refused));
    }
    assertThat(taken).as("calls found").isGreaterThan(80);
  }

  @Test
  void calls_ofThePageOnCi_areAllFound() throws IOException {
    assertThat(calls(ROOT.resolve("docs/ci.md")).stream().map(call -> call.words().getFirst()))
        .contains("estimate", "run", "history", "compare", "simulate")
        .hasSizeGreaterThan(8);
  }
}
