package dev.candor.benchmarks;

import dev.candor.analysis.Summary;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.time.Clock;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How long whole simulations take, records and reports included, round by round in one process: the
 * first has the JVM's own start-up in it, by the last all is compiled.
 */
final class SimulationBench {
  private static final Clock CLOCK = Clock.system();

  private SimulationBench() {}

  /**
   * What is simulated.
   *
   * @param load of the scenario, a list of steps in YAML
   */
  private record Case(String name, String profile, int replicas, String mix, String load) {}

  private static final String SWEEP_MIX = "{name: q, input: 204, output: 64}";
  private static final String CHAT_MIX =
      "{name: chat, input: \"lognormal(700, 0.6)\", output: \"lognormal(200, 0.6)\"}";

  private static Case of(String name, double size) {
    return switch (name) {
      // 80 % of what one replica takes of each, by candor simulate itself.
      case "sweep" -> open(name, "h100-llama3-8b", 1, SWEEP_MIX, 82, 1200 * size);
      case "chat" -> open(name, "h100-llama3-8b", 1, CHAT_MIX, 16, 1200 * size);
      case "soak" -> users(name, 100, "exponential(10s)", 14_400 * size);
      case "soak-busy" -> users(name, 100, "0s", 14_400 * size);
      case "users" -> users(name, (int) size, "exponential(10s)", 600);
      case "replicas" -> open(name, "h100x4-llama3-70b", (int) size, CHAT_MIX, 4.5 * size, 600);
      case "duration" -> users(name, 100, "exponential(10s)", size);
      default -> throw new IllegalArgumentException("no simulation " + name);
    };
  }

  private static Case open(
      String name, String profile, int replicas, String mix, double rate, double seconds) {
    return new Case(
        name,
        profile,
        replicas,
        mix,
        String.format(Locale.ROOT, "{name: hold, rate: %s/s, for: %ds}", rate, (long) seconds));
  }

  private static Case users(String name, int users, String think, double seconds) {
    return new Case(
        name,
        "h100-llama3-8b",
        1,
        CHAT_MIX,
        "{name: hold, users: %d, think: \"%s\", for: %ds}".formatted(users, think, (long) seconds));
  }

  /**
   * @param arguments the case, rounds (5), its size (1), what is kept of each attempt (auto)
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    double size = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
    String records = arguments.length > 3 ? arguments[3] : "auto";
    Case simulated = of(arguments[0], size);
    Path temp = Files.createTempDirectory("candor-simulation");
    try {
      for (int round = 1; round <= rounds; round++) {
        System.out.println(line(simulated, size, records, round, temp.resolve("round-" + round)));
      }
    } finally {
      delete(temp);
    }
  }

  private static String line(Case simulated, double size, String records, int round, Path out)
      throws IOException, InterruptedException {
    Scenario scenario = scenario(simulated, records, out);
    System.gc();
    long begin = CLOCK.nanoTime();
    ScenarioRun run =
        ScenarioRun.simulated(scenario, LiveListener.SILENT, List.of(), 1, () -> false);
    Summary.Phase all = run.execute().summary().overall();
    double seconds = (CLOCK.nanoTime() - begin) / 1e9;
    Runtime runtime = Runtime.getRuntime();
    String line =
        String.format(
            Locale.ROOT,
            "%s %s round %d: %.2f s for %d requests, %.1f M tokens out, goodput %.3f, %.0f s simulated, heap %d MiB",
            simulated.name(),
            size,
            round,
            seconds,
            all.requests().completed(),
            all.tokens().output() / 1e6,
            all.goodput().ratio(),
            all.durationS(),
            (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    delete(out);
    return line;
  }

  private static Scenario scenario(Case simulated, String records, Path out) throws IOException {
    Path file = Files.createTempFile("simulation", ".yaml");
    Files.writeString(
        file,
        """
        name: simulation
        target:
          ignore_eos: true
          mock: {profile: %s, engine: {replicas: %d}}
        workload: {mix: [%s]}
        load: [%s]
        slo: {ttft: 1s, itl: 50ms}
        simulation: {records: %s}
        output: {dir: %s}
        """
            .formatted(
                simulated.profile(),
                simulated.replicas(),
                simulated.mix(),
                simulated.load(),
                records,
                out));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    Files.delete(file);
    return scenario;
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
