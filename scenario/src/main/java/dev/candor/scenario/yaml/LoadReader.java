package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Rates;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the load steps, or makes them from flags. */
final class LoadReader {
  private static final Distribution NO_THINKING = new Distribution.Constant(0);
  private static final long DEFAULT_FOR = Durations.parseNanos("10s");
  private static final long DEFAULT_WARMUP = Durations.parseNanos("3s");
  private static final int DEFAULT_USERS = 10;

  private final Overrides flags;
  private final Problems problems;
  private final FlagReader flag;
  private final Set<String> names = new HashSet<>();

  LoadReader(Overrides flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
    this.flag = new FlagReader(problems);
  }

  List<LoadStep> read(Section root) {
    if (!root.has("load") || flags.users() != null || flags.rate() != null) {
      return fromFlags();
    }
    Value load = root.get("load");
    List<Value> items = load == null ? null : load.list();
    if (items == null || items.isEmpty()) {
      root.problem("load", "found %s, must be a list of steps".formatted(Section.kind(load)));
      return List.of();
    }
    List<LoadStep> steps = new ArrayList<>();
    for (Value item : items) {
      steps.add(step(new Section(item, problems, Keys.STEP)));
    }
    if (steps.stream().allMatch(LoadStep::warmup)) {
      root.problem("load", "every step is a warm-up; at least one must be measured");
      return steps;
    }
    String warmupFlag = flags.warmup();
    return warmupFlag == null
        ? steps
        : warmedUp(steps, flag.read("--warmup", warmupFlag, 0L, Durations::parseNanos));
  }

  /**
   * All warm-up steps last {@code nanos}; none stays for 0, one is put first where there is none.
   */
  private static List<LoadStep> warmedUp(List<LoadStep> steps, long nanos) {
    List<LoadStep> result = new ArrayList<>();
    if (nanos > 0 && steps.stream().noneMatch(LoadStep::warmup)) {
      result.add(warmup(steps.getFirst(), "warm-up", nanos));
    }
    for (LoadStep step : steps) {
      if (!step.warmup()) {
        result.add(step);
      } else if (nanos > 0) {
        result.add(warmup(step, step.name(), nanos));
      }
    }
    return result;
  }

  private static LoadStep warmup(LoadStep step, String name, long nanos) {
    return switch (step) {
      case LoadStep.Closed s ->
          new LoadStep.Closed(name, nanos, true, s.fromUsers(), s.users(), s.thinkNanos());
      case LoadStep.Open s ->
          new LoadStep.Open(
              name,
              nanos,
              true,
              s.fromRatePerSecond(),
              s.ratePerSecond(),
              s.arrivals(),
              s.maxInFlight());
    };
  }

  private LoadStep step(Section section) {
    if (section.has("users") == section.has("rate")) {
      problems.add(
          section.where(),
          section.has("users")
              ? "has users and rate; keep one of them"
              : "needs users (closed loop) or rate (open loop)");
    }
    if (!section.has("for")) {
      problems.add(section.where(), "needs a duration, such as for: 60s");
    }
    long duration = section.read("for", DEFAULT_FOR, Section::positiveNanos);
    boolean warmup = section.bool("warmup", false);
    String durationFlag = flags.duration();
    if (durationFlag != null && !warmup) {
      duration = flag.read("--for", durationFlag, duration, Section::positiveNanos);
    }
    if (section.has("rate")) {
      for (String key : List.of("think")) {
        if (section.has(key)) {
          section.problem(key, "belongs to a step with users");
        }
      }
      double rate = section.read("rate", 1.0, LoadReader::rate);
      return new LoadStep.Open(
          name(section, "rate-" + plain(rate), warmup),
          duration,
          warmup,
          section.read("ramp_from", rate, LoadReader::rateOrZero),
          rate,
          section.read("arrivals", LoadStep.Arrivals.POISSON, LoadReader::arrivals),
          section.has("max_in_flight") ? section.integer("max_in_flight", 1, 1) : null);
    }
    for (String key : List.of("arrivals", "max_in_flight")) {
      if (section.has(key)) {
        section.problem(key, "belongs to a step with a rate");
      }
    }
    int users = section.integer("users", 1, section.has("ramp_from") ? 0 : 1);
    return new LoadStep.Closed(
        name(section, "users-" + users, warmup),
        duration,
        warmup,
        section.integer("ramp_from", users, 0),
        users,
        section.nanos("think", NO_THINKING));
  }

  private String name(Section section, String otherwise, boolean warmup) {
    String wanted = section.text("name", warmup ? "warm-up" : otherwise);
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      if (section.has("name")) {
        section.problem("name", "'%s' stands above already; names must differ".formatted(wanted));
        break;
      }
      name = wanted + "-" + i;
    }
    return name;
  }

  private List<LoadStep> fromFlags() {
    String usersFlag = flags.users();
    String rateFlag = flags.rate();
    String durationFlag = flags.duration();
    String warmupFlag = flags.warmup();
    if (usersFlag != null && rateFlag != null) {
      problems.add("--rate", "given beside --users; keep one of them");
    }
    long duration =
        durationFlag == null
            ? DEFAULT_FOR
            : flag.read("--for", durationFlag, DEFAULT_FOR, Section::positiveNanos);
    long warmup =
        warmupFlag == null
            ? DEFAULT_WARMUP
            : flag.read("--warmup", warmupFlag, 0L, Durations::parseNanos);
    List<LoadStep> steps = new ArrayList<>();
    if (rateFlag != null) {
      double rate = flag.read("--rate", rateFlag, 1.0, LoadReader::rate);
      if (warmup > 0) {
        steps.add(open("warm-up", warmup, true, rate));
      }
      steps.add(open("rate-" + plain(rate), duration, false, rate));
    } else {
      int users =
          usersFlag == null
              ? DEFAULT_USERS
              : flag.read(
                  "--users", usersFlag, 1, text -> (int) Section.wholeNumber(text, 1, 1_000_000));
      if (warmup > 0) {
        steps.add(new LoadStep.Closed("warm-up", warmup, true, users, users, NO_THINKING));
      }
      steps.add(new LoadStep.Closed("users-" + users, duration, false, users, users, NO_THINKING));
    }
    return steps;
  }

  private static LoadStep open(String name, long duration, boolean warmup, double rate) {
    return new LoadStep.Open(name, duration, warmup, rate, rate, LoadStep.Arrivals.POISSON, null);
  }

  private static Double rate(String text) {
    try {
      return Rates.parsePerSecond(text);
    } catch (CandorException e) {
      throw CandorException.user("found %s, must be a rate above 0, such as 10/s".formatted(text));
    }
  }

  private static Double rateOrZero(String text) {
    return text.matches("0(\\.0+)?(/\\w+)?") ? Double.valueOf(0) : rate(text);
  }

  private static LoadStep.Arrivals arrivals(String text) {
    for (LoadStep.Arrivals arrivals : LoadStep.Arrivals.values()) {
      if (arrivals.key().equals(text)) {
        return arrivals;
      }
    }
    throw CandorException.user("found '%s', must be poisson or constant".formatted(text));
  }

  private static String plain(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }
}
