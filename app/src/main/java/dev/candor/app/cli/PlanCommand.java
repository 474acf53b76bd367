package dev.candor.app.cli;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanJson;
import dev.candor.app.plan.PlanReader;
import dev.candor.app.plan.PlanRequest;
import dev.candor.app.plan.Planning;
import dev.candor.base.error.CandorException;
import dev.candor.report.console.PlanText;
import dev.candor.report.html.PlanPage;
import dev.candor.report.markdown.PlanMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor plan}. */
@Command(
    name = "plan",
    description =
        "Replicas, quotas and money for a peak, from a sweep's knee or an engine's profile, checked by simulating it (docs/plan.md).")
final class PlanCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "RUN|PLAN.yaml",
      description =
          "Directories of sweeps, the first of the traffic most like yours; or a plan's file.")
  List<Path> named = new ArrayList<>();

  @Mixin final PlanFlags flags = new PlanFlags();

  @Option(names = "--force", description = "Plan from runs that are INVALID too.")
  boolean force;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write plan.md, plan.json and plan.html to DIR; a run's report then has it too.")
  @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "On standard output: text (default), markdown or json.")
  String format = "text";

  @Option(names = "--json", description = "The same as --format json.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    String wanted = json ? "json" : format;
    if (!List.of("text", "markdown", "json").contains(wanted)) {
      throw CandorException.user(
          "--format: found '%s', must be text, markdown or json".formatted(wanted));
    }
    List<Path> files =
        named.stream().filter(path -> path.toString().matches(".+\\.ya?ml")).toList();
    if (files.size() > 1) {
      throw CandorException.user("found %d plans' files; name one".formatted(files.size()));
    }
    PlanRequest request =
        PlanReader.read(
            files.isEmpty() ? null : files.getFirst(),
            named.stream().filter(path -> !files.contains(path)).toList(),
            flags.values());
    Path place = null;
    try {
      place = Files.createTempDirectory("candor-plan");
      CapacityPlan plan =
          new Planning(
                  request,
                  Version.text(),
                  place,
                  what -> {
                    if (wanted.equals("text")) {
                      System.err.println("candor: simulating " + what);
                    }
                  })
              .plan(force);
      if (out != null) {
        write(out, plan, place);
      }
      System.out.print(
          switch (wanted) {
            case "json" -> PlanJson.text(plan);
            case "markdown" -> PlanMarkdown.of(plan);
            default -> PlanText.of(plan);
          });
      if (out != null && wanted.equals("text")) {
        System.out.println("plan: " + out.resolve("plan.html"));
      }
      return plan.check() != null && !plan.check().agrees()
          ? ExitCode.THRESHOLD_FAILED
          : ExitCode.OK;
    } catch (IOException e) {
      throw CandorException.user(
          "--out: cannot write to %s: %s"
              .formatted(out == null ? "a temporary directory" : out, e));
    } finally {
      delete(place);
    }
  }

  private static void write(Path directory, CapacityPlan plan, Path place) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("plan.json"), PlanJson.text(plan));
    Files.writeString(directory.resolve("plan.md"), PlanMarkdown.of(plan));
    Files.writeString(directory.resolve("plan.html"), PlanPage.of(plan));
    Path engine = place.resolve("engine.yaml");
    if (Files.exists(engine)) {
      Files.writeString(directory.resolve("engine.yaml"), Files.readString(engine));
    }
  }

  private static void delete(@Nullable Path place) {
    if (place == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(Objects.requireNonNull(each));
      }
    } catch (IOException e) {
      System.err.println("candor: could not delete " + place + ": " + e.getMessage());
    }
  }
}
