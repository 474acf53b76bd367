package dev.candor.app.plan;

import dev.candor.analysis.plan.Headroom;
import dev.candor.analysis.plan.PlanWish;
import dev.candor.analysis.plan.PlanWish.GpuPrice;
import dev.candor.analysis.plan.PlanWish.Peak;
import dev.candor.analysis.plan.Spare;
import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Rates;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.ProviderQuota;
import dev.candor.scenario.yaml.PricesSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a plan is asked for: a file, flags that win over it, or both. */
public final class PlanReader {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a plan", "peak: {rate: 50/s}");

  private static final List<String> PEAK = List.of("output_tps", "input_tps", "rate", "users");
  private static final List<String> KEYS =
      List.of(
          "runs",
          "profile",
          "scenario",
          "replicas",
          "slo",
          "peak",
          "input",
          "output",
          "growth",
          "headroom",
          "spare",
          "zones",
          "hit_rate",
          "production",
          "quota",
          "daily",
          "scale_up",
          "gpu",
          "prices",
          "goodput",
          "simulate");
  private static final List<String> QUOTA = List.of("rpm", "tpm", "input_tpm", "output_tpm");
  private static final List<String> GPU = List.of("hourly", "count", "currency");
  private static final int HOURS = 24;
  private static final double MOST_HEADROOM = 10;

  private final Problems problems = new Problems();
  private final Path folder;

  private PlanReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads it.
   *
   * @param file null: flags alone
   * @param runs directories that were named beside it; none: the file's
   * @param flags by key, nested ones with a dot: {@code peak.rate}
   * @throws CandorException with every mistake, a line each
   */
  public static PlanRequest read(@Nullable Path file, List<Path> runs, Map<String, Value> flags) {
    Path parent = file == null ? null : file.toAbsolutePath().getParent();
    PlanReader reader = new PlanReader(parent == null ? Path.of("") : parent);
    Map<String, Value> root = new LinkedHashMap<>();
    if (file != null) {
      Map<String, Value> read = YamlFile.read(file, PURPOSE, reader.problems).map();
      root.putAll(read == null ? Map.of() : read);
    }
    if (flags.keySet().stream().anyMatch(key -> key.startsWith("peak."))) {
      root.remove("peak");
    }
    if (flags.containsKey("spare") || flags.containsKey("zones")) {
      root.remove("spare");
      root.remove("zones");
    }
    flags.forEach((key, value) -> put(root, key, value));
    PlanRequest request =
        reader.request(
            new Section(
                new Value(file == null ? "" : file.toString(), root), reader.problems, KEYS),
            runs);
    reader.problems.throwIfAny();
    return request;
  }

  private static void put(Map<String, Value> root, String key, Value value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      root.put(key, value);
      return;
    }
    String outer = key.substring(0, dot);
    Value old = root.get(outer);
    Map<String, Value> inner = new LinkedHashMap<>();
    if (old != null && old.map() != null) {
      inner.putAll(old.map());
    }
    inner.put(key.substring(dot + 1), value);
    root.put(outer, new Value(old == null ? value.where() : old.where(), inner));
  }

  private PlanRequest request(Section section, List<Path> named) {
    List<Path> runs = new ArrayList<>(named);
    if (named.isEmpty()) {
      section.items("runs", "directories of runs").forEach(run -> runs.add(path(run.text())));
    }
    Spare spare = spare(section);
    return new PlanRequest(
        runs,
        section.<@Nullable String>read("profile", null, this::profile),
        section.<@Nullable Path>read("scenario", null, this::path),
        section.has("replicas") ? section.integer("replicas", 1, 1) : null,
        section.text("slo", "chat"),
        peak(section),
        section.<@Nullable Double>read("input", null, PlanReader::positive),
        section.<@Nullable Double>read("output", null, PlanReader::positive),
        section.read("growth", 0.0, Shares::parse),
        section.read("headroom", Headroom.DEFAULT, PlanReader::headroom),
        spare,
        section.<@Nullable Double>read("hit_rate", null, PlanReader::hitRate),
        section.<@Nullable Path>read("production", null, this::path),
        quota(section.get("quota")),
        daily(section),
        section.read("scale_up", PlanWish.SCALE_UP_S, text -> Durations.parseNanos(text) / 1e9),
        gpu(section.get("gpu")),
        PricesSection.read(section.get("prices"), folder, problems),
        section.<@Nullable Double>read("goodput", null, Shares::parsePart),
        section.bool("simulate", true));
  }

  /** Of a file beside the plan; a name stays one. */
  private String profile(String text) {
    return text.matches(".*\\.ya?ml") ? path(text).toString() : text;
  }

  private Path path(String text) {
    return folder.resolve(text);
  }

  private Peak peak(Section section) {
    Section peak = new Section(section.get("peak"), problems, PEAK);
    Double output = peak.<@Nullable Double>read("output_tps", null, PlanReader::positive);
    Double input = peak.<@Nullable Double>read("input_tps", null, PlanReader::positive);
    Double rate = peak.<@Nullable Double>read("rate", null, PlanReader::rate);
    Double users = peak.<@Nullable Double>read("users", null, PlanReader::positive);
    long ways =
        Stream.of(
                peak.has("output_tps") || peak.has("input_tps"),
                peak.has("rate"),
                peak.has("users"))
            .filter(each -> each)
            .count();
    if (ways != 1) {
      problems.add(
          section.has("peak") ? peak.where() : "peak",
          ways == 0
              ? "there is no peak to plan for; give --peak-rate 50/s, --peak-output-tps 40000, --peak-input-tps N, or --users N"
              : "found several; give a rate, tokens a second, or users");
    }
    return new Peak(output, input, rate, users);
  }

  private static Double rate(String text) {
    if (text.trim().matches("-.*|0(\\.0*)?(/.*)?")) {
      throw CandorException.user("found %s, a peak must be above 0".formatted(text));
    }
    return Rates.parsePerSecond(text);
  }

  static Double positive(String text) {
    double value = Section.number(plain(text), -Double.MAX_VALUE);
    if (value <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return value;
  }

  /** {@code 2M}, {@code 90k} and {@code 40,000} as digits. */
  private static String plain(String text) {
    return text.trim()
        .replace(",", "")
        .replaceFirst("(?<=^\\d{1,12})[kK]$", "000")
        .replaceFirst("(?<=^\\d{1,12})M$", "000000");
  }

  private static Double hitRate(String text) {
    double rate = Shares.parsePart(text);
    if (rate >= 1) {
      throw CandorException.user(
          "found %s, must be below 100%%: a prompt's last token is always computed"
              .formatted(text));
    }
    return rate;
  }

  private static Headroom headroom(String text) {
    String[] ends = text.split("\\.\\.", -1);
    double low = factor(ends[0], text);
    double high = ends.length == 1 ? low : factor(ends[1], text);
    if (ends.length > 2 || high < low) {
      throw CandorException.user(
          "found %s, must be a factor such as 1.5 or a range such as 1.5..2".formatted(text));
    }
    return new Headroom(low, high);
  }

  private static double factor(String part, String text) {
    double factor;
    try {
      factor = Double.parseDouble(part.trim());
    } catch (NumberFormatException e) {
      throw CandorException.user(
          "found '%s', must be a factor such as 1.5 or a range such as 1.5..2".formatted(text));
    }
    if (!(factor >= 1 && factor <= MOST_HEADROOM)) {
      throw CandorException.user(
          "found %s, must be from 1 to 10: a factor on what the peak needs, of which 1 is none"
              .formatted(text));
    }
    return factor;
  }

  private Spare spare(Section section) {
    if (section.has("spare") && section.has("zones")) {
      section.problem("zones", "stands beside spare; keep one of them");
    }
    if (section.has("zones")) {
      return new Spare.Zone(section.integer("zones", 2, 2));
    }
    int count = section.integer("spare", 1, 0);
    return count == 0 ? new Spare.None() : new Spare.Replicas(count);
  }

  private ProviderQuota quota(@Nullable Value value) {
    Section section = new Section(value, problems, QUOTA);
    return new ProviderQuota(
        limit(section, "rpm"),
        limit(section, "tpm"),
        limit(section, "input_tpm"),
        limit(section, "output_tpm"));
  }

  private static @Nullable Long limit(Section section, String key) {
    return section.<@Nullable Long>read(
        key, null, text -> Section.wholeNumber(plain(text), 1, Long.MAX_VALUE));
  }

  private List<Double> daily(Section section) {
    Value value = section.get("daily");
    if (value == null) {
      return List.of();
    }
    List<Value> items = value.list();
    if (items == null) {
      // A flag has no list.
      items =
          Stream.of(value.text().split(",", -1))
              .map(part -> new Value(value.where(), part))
              .toList();
    }
    List<Double> levels = new ArrayList<>();
    for (Value item : items) {
      try {
        levels.add(Section.number(item.text(), 0));
      } catch (CandorException e) {
        problems.add(item.where(), Objects.requireNonNull(e.getMessage()));
      }
    }
    if (items.size() != HOURS || levels.stream().noneMatch(level -> level > 0)) {
      section.problem(
          "daily",
          "found %d numbers, must be 24, one an hour from midnight, and one of them above 0"
              .formatted(items.size()));
      return List.of();
    }
    return levels;
  }

  private @Nullable GpuPrice gpu(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, GPU);
    if (!section.has("hourly")) {
      section.problem("hourly", "needs hourly, the price of one GPU-hour");
    }
    return new GpuPrice(
        section.text("currency", "USD"),
        section.read("hourly", 0.0, text -> Section.number(text, 0)),
        section.integer("count", 1, 1));
  }
}
