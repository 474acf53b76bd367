package dev.candor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.corpus.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of all kinds in a corpus: none may be in anything that the command leaves or says. */
final class PlantedSecretsTest {
  private static final String PEM_BODY =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
          + "\nMzEfYyjiWA4R4Z8v1J4bXq0mM3h9kQ1uXw2b7Zr5sT8nF6yPcV0dLgKeHaIjUoNt"
          + "\nq5Wx8Rv2Yz7Kc4Md1Fb9Gh3Js6Lp0TnEuAiOoQeBwXyZfCrVtDmHkSgPlUjNaIq==";

  /** Value and where it stands; braces stand for it. */
  private static final String[][] PLANTED = {
    {"kamila.wrzos@zielonamail.pl", "write to {} soon"},
    {"+48 512 834 907", "ring {} after six"},
    {"5425 2334 3010 9903", "my card {} was charged"},
    {"PL61109010140000071219812874", "IBAN {}"},
    {"219-48-7713", "SSN {}"},
    {"943 476 5919", "NHS number {}"},
    {"RSSMRA85T10A562S", "codice fiscale {}"},
    {"83.171.204.96", "login from {} failed"},
    {"2a01:4f8:c17:2d7a::91", "host {} is up"},
    {"3c:22:fb:9a:01:7e", "mac {}"},
    {"deployer:Zx81Spectrum", "postgres://{}@db.intern/app"},
    {"Wq7RtY2uIo9PaSd4", "https://api.intern/x?page=2&token={}"},
    {"sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7d", "the key {} fails"},
    {"sk-ant-api03-Qw3rTy6uIo9pAs2dFg5hJk8lZx1cVb4n", "key {}"},
    {"AKIA2QZ7RX4MWTB6KD5P", "id {}"},
    {"ghp_Zt6Yr4Ew2Qa9Sd7Fg5Hj3Kl1Mn8Bv6Cx4Za2", "git token {}"},
    {"xoxb-482910374651-583920174856-Qm7WnE4rTy9UiO2pAsDf", "slack {}"},
    {"wJalrXUtnFEMIK7MDENGbPxRfiCYQq8ZpL2kTmVs", "aws_secret_access_key = {}"},
    {"Sommerregen!47", "password: {}"},
    {"Uk3vTz8QpLw5RyXb2NdM7s", "it said {} there"},
    {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.tQ9vXc2LmZ7kRw4Yb6Np1Js8", "jwt {}"},
    {PEM_BODY, "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"},
    {"47 Quillfeather Lane", "send it to {} please"},
    {"Wacholderweg 23", "ich wohne im {} nebenan"},
    {"23/09/1974", "she was born on {} in Gdynia"},
    {"Kazimierz Wyrzykowski", "Dear {}, thank you"},
    {"Ingeborg Quistgaard", "I asked {} about it"},
  };

  @TempDir Path folder;

  private static String planted(String lineBreak) {
    StringBuilder text = new StringBuilder();
    for (String[] each : PLANTED) {
      text.append(each[1].replace("{}", each[0])).append("\nNothing else happened then.\n");
    }
    return text.toString().replace("\n", lineBreak);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  /** As it stands, escaped, escaped twice, in a URL, in base64, by a field's name. */
  private static String content(String name) {
    String encoded =
        Base64.getEncoder()
            .encodeToString("mail kamila.wrzos@zielonamail.pl or so".getBytes(UTF_8));
    if (name.endsWith(".txt")) {
      return planted("\n")
          + planted("\r\n")
          + planted("\\n")
          + "u=kamila.wrzos%40zielonamail.pl\n"
          + encoded
          + "\n";
    }
    if (name.endsWith(".csv")) {
      StringBuilder csv = new StringBuilder("id,note,password,ssn\n");
      for (String[] each : PLANTED) {
        csv.append("1,\"").append(each[1].replace("{}", each[0])).append("\",x,\n");
      }
      return csv.append("2,,Sommerregen!47,219487713\n").toString();
    }
    StringBuilder json = new StringBuilder();
    for (String[] each : PLANTED) {
      String text = each[1].replace("{}", each[0]);
      json.append("{\"content\":").append(quoted(text)).append("}\n");
      json.append("{\"arguments\":").append(quoted("{\"q\":" + quoted(text) + "}")).append("}\n");
      json.append("{\"content\":\"");
      text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
      json.append("\"}\n");
    }
    return json.append(
            "{\"password\":\"Sommerregen!47\",\"ssn\":219487713,\"pan\":5425233430109903}\n")
        .append("{\"kamila.wrzos@zielonamail.pl\":")
        .append(quoted(encoded))
        .append("}\n")
        .toString();
  }

  /** The value and every piece of ten characters of it; a provider's own prefix may stay. */
  private static List<String> traces(String value) {
    List<String> traces = new ArrayList<>(List.of(value));
    for (String part : value.replaceFirst("^(sk-ant-api03-|sk-proj-|xoxb-)", "").split("[\\n @]")) {
      int length = Math.min(10, part.length());
      for (int i = 0; part.length() >= 8 && i + length <= part.length(); i++) {
        String trace = part.substring(i, i + length);
        if (!"eyJhbGciOiJIUzI1NiJ9.".contains(trace)) {
          traces.add(trace);
        }
      }
    }
    return traces;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.csv", "a.jsonl"})
  void scrub_plantedSecrets_areInNothingThatIsLeft(String name) throws IOException {
    Path in = Files.writeString(folder.resolve(name), content(name));
    Path left = Files.createDirectory(folder.resolve("left"));
    Path key = Files.writeString(folder.resolve("key"), "a key that nobody else may know\n");
    Invocation said =
        Invocation.of(
            "corpus",
            "scrub",
            in.toString(),
            "--out",
            left.resolve(name).toString(),
            "--verify",
            "--key-file",
            key.toString(),
            "--report",
            left.resolve("report.json").toString());
    Invocation machine =
        Invocation.of(
            "corpus",
            "scrub",
            in.toString(),
            "--out",
            left.resolve(name + ".txt").toString(),
            "--json");
    Invocation search = Invocation.of("corpus", "scrub", in.toString(), "--verify");

    assertThat(said.exitCode()).describedAs(said.output() + said.error()).isZero();
    assertThat(search.exitCode()).isEqualTo(1);
    StringBuilder all = new StringBuilder();
    for (Invocation each : List.of(said, machine, search)) {
      all.append(each.output()).append(each.error());
    }
    try (Stream<Path> files = Files.list(left)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file)).append('\n');
      }
    }
    String everything = all.toString();
    assertThat(everything).doesNotContain("nobody else", "219487713", "5425233430109903");
    for (String[] each : PLANTED) {
      for (String trace : traces(each[0])) {
        assertThat(everything.contains(trace)).describedAs("%s of %s", trace, each[0]).isFalse();
      }
    }
    assertThat(everything)
        .contains("nothing is left")
        .contains("private-key")
        .contains("a key".substring(2));
  }

  @Test
  void scrub_twiceWithOneKey_isTheSame() throws IOException {
    Path in = Files.writeString(folder.resolve("a.txt"), planted("\n"));
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    for (String name : List.of("b.txt", "c.txt")) {
      Invocation run =
          Invocation.of(
              "corpus",
              "scrub",
              in.toString(),
              "--out",
              folder.resolve(name).toString(),
              "--key-file",
              key.toString(),
              "--quiet");
      assertThat(run.exitCode()).describedAs(run.error()).isZero();
      assertThat(run.output()).isEmpty();
    }
    assertThat(folder.resolve("b.txt")).hasSameTextualContentAs(folder.resolve("c.txt"));
  }

  @Test
  void scrub_withoutAKey_saysThatItsPseudonymsEndWithTheRun() throws IOException {
    Path in = Files.writeString(folder.resolve("a.txt"), planted("\n"));
    Invocation run =
        Invocation.of(
            "corpus", "scrub", in.toString(), "--out", folder.resolve("b.txt").toString());
    assertThat(run.output())
        .contains("The key was drawn for this run")
        .containsPattern("email +1 +xxxxxx\\.xxxxx@xxxxxxxxxxx\\.xx");
  }

  @Test
  void scrub_mistakes_areToldInOneLine() throws IOException {
    Path in = Files.writeString(folder.resolve("a.txt"), "text");
    Path key = Files.writeString(folder.resolve("key"), "short\n");
    Invocation noOut = Invocation.of("corpus", "scrub", in.toString());
    assertThat(noOut.error().strip())
        .isEqualTo("candor: --out: is missing; name the file to write, or --verify to search");
    assertThat(noOut.exitCode()).isEqualTo(2);
    Invocation shortKey =
        Invocation.of("corpus", "scrub", in.toString(), "--verify", "--key-file", key.toString());
    assertThat(shortKey.error()).contains("key: has 5 bytes, a key has at least 16");
    Invocation noFile =
        Invocation.of("corpus", "scrub", folder.resolve("none").toString(), "--verify");
    assertThat(noFile.error()).contains("none: there is no such file");
  }

  /** From a log through the corpus to a run whose mock says everything back. */
  @Test
  void importAndRun_plantedSecrets_areInNoFileAndOnNoScreen() throws IOException {
    StringBuilder log = new StringBuilder();
    for (String[] each : PLANTED) {
      String text = quoted(each[1].replace("{}", each[0]));
      log.append("{\"session_id\":")
          .append(quoted(each[0]))
          .append(",\"user\":")
          .append(quoted(each[0]))
          .append(",\"messages\":[{\"role\":\"user\",\"content\":")
          .append(text)
          .append(
              "}],\"max_tokens\":20,\"response\":{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":")
          .append(text)
          .append("}}]}}\n");
    }
    log.append("{\"messages\":[{\"role\":\"user\",\"content\":")
        .append(quoted(PEM_BODY))
        .append('\n');
    Path in = Files.writeString(folder.resolve("log.jsonl"), log);
    Path left = Files.createDirectory(folder.resolve("left"));
    Path corpus = left.resolve("corpus.parquet");
    Invocation imported =
        Invocation.of(
            "corpus",
            "import",
            in.toString(),
            "--out",
            corpus.toString(),
            "--skip-bad",
            "--verify");
    assertThat(imported.exitCode()).as(imported.error()).isEqualTo(ExitCode.OK);
    assertThat(imported.output()).contains("skipped 1 for ");
    Path scenario =
        Files.writeString(
            left.resolve("s.yaml"),
            """
            production: corpus.parquet
            target: {mock: {ttft: 5ms, itl: 1ms, text: echo}}
            workload: {corpus: {file: corpus.parquet, answers: real}}
            load: [{users: 4, for: 1500ms}]
            """);
    Invocation run =
        Invocation.of("run", scenario.toString(), "--out", left.resolve("run").toString());
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    StringBuilder all = new StringBuilder();
    all.append(imported.output()).append(imported.error()).append(run.output()).append(run.error());
    Corpus.existing(corpus)
        .forEach(row -> all.append(row.messages()).append(row.answer()).append(row.requestClass()));
    try (Stream<Path> files = Files.walk(left)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    for (String[] each : PLANTED) {
      for (String trace : traces(each[0])) {
        assertThat(all).doesNotContain(trace);
      }
    }
  }
}
