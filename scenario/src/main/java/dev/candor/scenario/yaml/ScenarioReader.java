package dev.candor.scenario.yaml;

import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Output;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Target;
import dev.candor.scenario.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a scenario together from the file's sections and the flags. */
final class ScenarioReader {
  private static final long DRAIN = Durations.parseNanos("30s");

  private final FileNames files;
  private final Overrides flags;
  private final Function<String, @Nullable String> environment;
  private final Problems problems;

  ScenarioReader(
      FileNames files,
      Overrides flags,
      Function<String, @Nullable String> environment,
      Problems problems) {
    this.files = files;
    this.flags = flags;
    this.environment = environment;
    this.problems = problems;
  }

  Scenario read(@Nullable Value file, String defaultName) {
    Section root = new Section(file, problems, Keys.ROOT);
    FlagReader flag = new FlagReader(problems);
    String seed = flags.seed();
    TargetReader targets = new TargetReader(files, flags, environment, problems);
    Target target = targets.read(root.get("target"));
    Workload workload = new WorkloadReader(files, flags, problems).read(root.get("workload"));
    Map<String, Slo> slos = slos(root, flag, workload);
    Prices prices = new PricesReader(files, problems).read(root.get("prices"), target.model());
    SweepReader.Found sweep = new SweepReader(flags, problems).read(root, !slos.isEmpty());
    ThresholdsReader thresholds = new ThresholdsReader(problems);
    Scenario scenario =
        new Scenario(
            root.text("name", defaultName),
            seed != null
                ? flag.read(
                    "--seed",
                    seed,
                    1L,
                    text -> Section.wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE))
                : root.read(
                    "seed", 1L, text -> Section.wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE)),
            target,
            workload,
            sweep != null
                ? List.of(sweep.warmup())
                : new LoadReader(workload.source().timed(), flags, problems).read(root),
            root.read("drain", DRAIN, Durations::parseNanos),
            slos,
            thresholds.read(root.get("thresholds"), flags.thresholds()),
            prices,
            output(root.get("output"), flag),
            root.<@Nullable Path>read("production", null, files::existing),
            new AbortReader(problems).read(root.get("abort"), !slos.isEmpty(), prices),
            sweep == null ? null : sweep.sweep(),
            new SimulationReader(files, problems, classNames(workload))
                .read(root.get("simulation")),
            new RetriesReader(problems).read(root.get("retries")),
            new BudgetReader(problems).read(root.get("budget"), prices),
            new ProviderQuotaReader(problems).read(root.get("quota")),
            tags(root.get("tags")),
            new PublishReader(files, targets::headers, problems).read(root.get("publish")));
    thresholds.check(scenario, classNames(workload));
    return scenario;
  }

  private Map<String, Slo> slos(Section root, FlagReader flag, Workload workload) {
    String given = flags.slo();
    if (given != null) {
      Slo slo = flag.read("--slo", given, Slo.NONE, SloReader::parse);
      return Map.of(Scenario.EVERY_CLASS, slo);
    }
    return new SloReader(problems, classNames(workload)).read(root.get("slo"));
  }

  /** Those that the scenario itself has; none where they are in a file. */
  private static Set<String> classNames(Workload workload) {
    return workload.source() instanceof Workload.Synthetic mix
        ? mix.classes().stream().map(Workload.RequestClass::name).collect(Collectors.toSet())
        : Set.of();
  }

  private List<String> tags(@Nullable Value value) {
    if (value == null) {
      return List.of();
    }
    List<Value> items = value.list();
    List<String> tags = new ArrayList<>();
    for (Value item : items == null ? List.of(value) : items) {
      if (item.text().isBlank() || item.text().contains(",")) {
        problems.add(
            item.where(),
            "found %s, must be a word such as nightly, or a list of them"
                .formatted(item.isText() ? "'" + item.text() + "'" : Section.kind(item)));
      } else if (!tags.contains(item.text())) {
        tags.add(item.text());
      }
    }
    return tags;
  }

  private Output output(@Nullable Value value, FlagReader flag) {
    String out = flags.out();
    if (out != null) {
      return new Output(flag.<@Nullable Path>read("--out", out, null, FileNames::path));
    }
    Section section = new Section(value, problems, Keys.OUTPUT);
    return new Output(section.<@Nullable Path>read("dir", null, FileNames::path));
  }
}
