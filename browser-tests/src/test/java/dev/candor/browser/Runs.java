package dev.candor.browser;

import dev.candor.app.cli.CandorCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs to look at: simulated ones are the same on every machine. */
final class Runs implements AutoCloseable {
  private static final String HOSTILE_TARGET =
      "http://127.0.0.1/<script>window.hurt='target'</script>?\"><b data-hurt>";
  private static final String HOSTILE_MACHINE =
      "2 cores <img src=x onerror=\"window.hurt='machine'\" data-hurt>";

  private static final String ALL = "all";

  /** A name of a file, and of a run, that would be an element. */
  static final String HOSTILE_FILE = "\"><img src=x onerror=\"window.hurt='file'\" data-hurt>";

  private final Path folder;
  private final Map<String, Path> made = new HashMap<>();

  private Runs(Path folder) {
    this.folder = folder;
  }

  static Runs in() {
    try {
      return new Runs(
          Files.createDirectory(Files.createTempDirectory("candor-browser").resolve("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Warm-up, steps of users and of a rate, conversations, retries, users who leave, a spike, costs,
   * SLOs by class, a server that tells of itself.
   */
  Path everything() {
    return simulated("everything");
  }

  /** A search for the knee, and a hold. */
  Path sweep() {
    return simulated("sweep");
  }

  /**
   * A real one over loopback, all of whose names are scripts, and whose server answers with one. In
   * {@code run.json} stand others in place of its target and machine.
   */
  Path hostile() {
    return made.computeIfAbsent(
        "hostile",
        name -> {
          Path run = carriedOut("run", name, name);
          replace(run.resolve("run.json"), "target", HOSTILE_TARGET);
          replace(run.resolve("run.json"), "machine", HOSTILE_MACHINE);
          candor("report", run.toString(), "--quiet");
          return run;
        });
  }

  /** A real one whose prompts and answers are scripts. */
  Path hostileTexts() {
    return made.computeIfAbsent(
        "hostile-texts",
        name -> {
          resource("hostile-texts.jsonl");
          return carriedOut("run", name, name);
        });
  }

  /** The same as {@link #everything()} by another seed, to be compared with it. */
  Path again() {
    return made.computeIfAbsent(
        "again", name -> carriedOut("simulate", "everything", name, "--seed", "8"));
  }

  /**
   * A folder with all of them in its runs/, and in its scenarios/ the hostile one under a hostile
   * name.
   */
  Path all() {
    return made.containsKey(ALL) ? folder : laidOut();
  }

  /** A folder of runs that are good to look at: one a day for a week, and a sweep. */
  Path forShow() {
    Path runs = folder.resolve("show").resolve("runs");
    for (int day = 1; day <= 7; day++) {
      Path run = runs.resolve("everything-%d".formatted(day));
      if (!Files.exists(run)) {
        candor(
            "simulate",
            scenario("everything").toString(),
            "--out",
            run.toString(),
            "--quiet",
            "--seed",
            Integer.toString(day));
        replace(run.resolve("run.json"), "start", "2026-11-%02dT03:00:00Z".formatted(20 + day));
        candor("report", run.toString(), "--quiet");
      }
    }
    try {
      Path scenarios = Files.createDirectories(runs.resolveSibling("scenarios"));
      Files.write(scenarios.resolve("everything.yaml"), Files.readAllBytes(scenario("everything")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    candor(
        "simulate",
        scenario("sweep").toString(),
        "--out",
        runs.resolve("swept").toString(),
        "--quiet");
    return runs.resolveSibling("");
  }

  private Path laidOut() {
    var _ = everything();
    var _ = again();
    var _ = sweep();
    var _ = hostileTexts();
    Path run = hostile();
    try {
      Path scenarios = Files.createDirectories(folder.resolve("scenarios"));
      Files.copy(folder.resolve("hostile.yaml"), scenarios.resolve(HOSTILE_FILE + ".yaml"));
      Files.copy(folder.resolve("everything.yaml"), scenarios.resolve("everything.yaml"));
      Path twin = Files.createDirectories(run.resolveSibling(HOSTILE_FILE));
      for (String file : List.of("run.json", "summary.json", "scenario.yaml", "report.html")) {
        Files.copy(run.resolve(file), twin.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    made.put(ALL, folder);
    return folder;
  }

  private Path simulated(String name) {
    return made.computeIfAbsent(name, _ -> carriedOut("simulate", name, name));
  }

  private Path carriedOut(String command, String scenario, String name, String... more) {
    Path run = folder.resolve("runs").resolve(name);
    List<String> args = new ArrayList<>(List.of(command, scenario(scenario).toString()));
    args.addAll(List.of("--out", run.toString(), "--quiet"));
    args.addAll(List.of(more));
    candor(args.toArray(String[]::new));
    return run;
  }

  private static void replace(Path json, String key, String value) {
    JsonNode root = JsonMapper.shared().readTree(json.toFile());
    ((ObjectNode) root).put(key, value);
    JsonMapper.shared().writeValue(json.toFile(), root);
  }

  /** The scenario of that name among the tests' resources, as a file. */
  private Path scenario(String name) {
    return resource(name + ".yaml");
  }

  private Path resource(String name) {
    try (InputStream in = Objects.requireNonNull(Runs.class.getResourceAsStream(name))) {
      Path file = folder.resolve(name);
      Files.write(file, in.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call of the command line that must not end for want of anything but a threshold. */
  static void candor(String... args) {
    int exitCode = CandorCommand.execute(args);
    if (exitCode != 0 && exitCode != 1 && exitCode != 4) {
      throw new AssertionError("candor %s ended with %d".formatted(List.of(args), exitCode));
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolveSibling(""))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
