package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Rates;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the load steps, or makes them from flags. */
final class LoadReader {
  private static final Distribution NO_THINKING = new Distribution.Constant(0);
  private static final long DEFAULT_FOR = Durations.parseNanos("10s");
  private static final long DEFAULT_WARMUP = Durations.parseNanos("3s");
  private static final int DEFAULT_USERS = 10;

  private static final List<String> KINDS = List.of("users", "rate", "replay");
  private static final ArrivalProcess POISSON = new ArrivalProcess.Poisson();

  private final boolean timed;
  private final Overrides flags;
  private final Problems problems;
  private final FlagReader flag;
  private final Set<String> names = new HashSet<>();

  /**
   * @param timed whether the workload's rows have instants that a step can replay
   */
  LoadReader(boolean timed, Overrides flags, Problems problems) {
    this.timed = timed;
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

  static LoadStep warmup(LoadStep step, String name, long nanos) {
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
      case LoadStep.Replay s ->
          new LoadStep.Replay(
              name,
              nanos,
              true,
              s.speed(),
              s.fromNanos(),
              s.toNanos(),
              s.shiftNanos(),
              s.maxInFlight());
    };
  }

  private LoadStep step(Section section) {
    List<String> kinds = KINDS.stream().filter(section::has).toList();
    if (kinds.size() != 1) {
      problems.add(
          section.where(),
          kinds.isEmpty()
              ? "needs users (closed loop), rate (open loop) or replay (a trace's own times)"
              : "has %s; keep one of them".formatted(String.join(" and ", kinds)));
    }
    boolean warmup = section.bool("warmup", false);
    if (section.has("rate")) {
      return open(section, warmup);
    }
    return section.has("replay") ? replay(section, warmup) : closed(section, warmup);
  }

  private LoadStep closed(Section section, boolean warmup) {
    belongsElsewhere(section, "a step with a rate", "arrivals", "max_in_flight");
    int users = section.integer("users", 1, section.has("ramp_from") ? 0 : 1);
    return new LoadStep.Closed(
        name(section, "users-" + users, warmup),
        duration(section, warmup),
        warmup,
        section.integer("ramp_from", users, 0),
        users,
        section.nanos("think", NO_THINKING));
  }

  private LoadStep open(Section section, boolean warmup) {
    belongsElsewhere(section, "a step with users", "think");
    double rate = section.read("rate", 1.0, LoadReader::rate);
    ArrivalProcess arrivals = new ArrivalsReader(problems).read(section, rate);
    if (section.has("ramp_from") && ArrivalsReader.hasCurve(arrivals)) {
      section.problem("ramp_from", "stands beside arrivals that change the rate themselves");
    }
    return new LoadStep.Open(
        name(section, "rate-" + plain(rate), warmup),
        duration(section, warmup),
        warmup,
        section.read("ramp_from", rate, LoadReader::rateOrZero),
        rate,
        arrivals,
        cap(section));
  }

  private LoadStep replay(Section section, boolean warmup) {
    belongsElsewhere(section, "a step with users", "think");
    belongsElsewhere(section, "a step with a rate", "arrivals");
    belongsElsewhere(section, "a step with users or a rate", "ramp_from");
    if (!timed) {
      section.problem(
          "replay", "needs workload.trace or workload.corpus, whose rows have the times to replay");
    }
    Value window = section.get("replay");
    LoadStep.Replay replay =
        new ReplayReader(problems)
            .read(window, name(section, ReplayReader.name(window), warmup), warmup, cap(section));
    boolean given = section.has("for") || (flags.duration() != null && !warmup);
    return given ? replay.lasting(duration(section, warmup)) : replay;
  }

  private long duration(Section section, boolean warmup) {
    if (!section.has("for") && !section.has("replay")) {
      problems.add(section.where(), "needs a duration, such as for: 60s");
    }
    long duration = section.read("for", DEFAULT_FOR, Section::positiveNanos);
    String durationFlag = flags.duration();
    return durationFlag == null || warmup
        ? duration
        : flag.read("--for", durationFlag, duration, Section::positiveNanos);
  }

  private static @Nullable Integer cap(Section section) {
    return section.has("max_in_flight") ? section.integer("max_in_flight", 1, 1) : null;
  }

  private static void belongsElsewhere(Section section, String where, String... keys) {
    for (String key : keys) {
      if (section.has(key)) {
        section.problem(key, "belongs to " + where);
      }
    }
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
    return new LoadStep.Open(name, duration, warmup, rate, rate, POISSON, null);
  }

  private static Double rate(String text) {
    try {
      return Rates.parsePerSecond(text);
    } catch (CandorException e) {
      throw CandorException.user("found %s, must be a rate above 0, such as 10/s".formatted(text));
    }
  }

  static Double rateOrZero(String text) {
    return text.matches("0(\\.0+)?(/\\w+)?") ? Double.valueOf(0) : rate(text);
  }

  private static String plain(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }
}
