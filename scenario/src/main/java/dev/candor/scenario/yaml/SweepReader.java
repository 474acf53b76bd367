package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Rates;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code sweep} and its shorter form, {@code find}. */
final class SweepReader {
  private static final double RESOLUTION = 0.05;
  private static final double MARGINAL = 0.1;
  private static final long WARMUP = Durations.parseNanos("10s");
  private static final Sweep.Step STEP =
      new Sweep.Step(
          Durations.parseNanos("5s"),
          200,
          Durations.parseNanos("10s"),
          Durations.parseNanos("60s"),
          Durations.parseNanos("2s"),
          Durations.parseNanos("30s"));
  private static final Sweep.Hold HOLD = new Sweep.Hold(0.8, Durations.parseNanos("5m"));
  private static final double MOST_USERS = 1_000_000;
  private static final String GOODPUT = "goodput";
  private static final List<String> OF_A_RUN =
      List.of("knee", "operating_point", "drift", "fidelity");

  private final Problems problems;
  private final FlagReader flag;
  private final Overrides flags;

  SweepReader(Overrides flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
    this.flag = new FlagReader(problems);
  }

  /** What is found, and the warm-up ahead of it. */
  record Found(Sweep sweep, LoadStep warmup) {}

  /**
   * Reads the sweep that {@code root} or the flags ask for; null where neither does.
   *
   * @param slos whether requests have targets
   */
  @Nullable Found read(Section root, boolean slos) {
    SweepFlags asked = flags.sweep();
    boolean sweep = root.has("sweep");
    boolean find = root.has("find");
    if (sweep && find) {
      root.problem("find", "stands beside sweep; keep one of them");
    }
    if ((sweep || find) && root.has("load")) {
      root.problem(
          "load", "stands beside %s, which makes its own".formatted(sweep ? "sweep" : "find"));
    }
    if (!sweep && !find && asked == null) {
      return null;
    }
    if (asked == null && (flags.users() != null || flags.rate() != null)) {
      problems.add(
          flags.users() != null ? "--users" : "--rate",
          "given to a scenario with a sweep; candor sweep takes a range, such as 10..100");
    }
    Value value = root.get(sweep ? "sweep" : "find");
    Section section = new Section(value, problems, find ? Keys.FIND : Keys.SWEEP);
    Found found = read(section, find, asked == null ? SweepFlags.NONE : asked);
    boolean goodput =
        found.sweep().conditions().stream().anyMatch(each -> each.metric().equals(GOODPUT));
    if (goodput && !slos) {
      problems.add(
          section.where(),
          "looks at goodput, which needs slo: without targets every answer is good");
    }
    return found;
  }

  private Found read(Section section, boolean find, SweepFlags asked) {
    Dimension dimension = dimension(section, find, asked);
    Range range = range(section, find, asked, dimension);
    long warmup = section.read("warmup", WARMUP, Section::positiveNanos);
    String warmupFlag = flags.warmup();
    if (warmupFlag != null) {
      warmup = flag.read("--warmup", warmupFlag, warmup, Section::positiveNanos);
    }
    ArrivalProcess arrivals = new ArrivalsReader(problems).read(section, range.to());
    if (ArrivalsReader.hasCurve(arrivals)) {
      section.problem("arrivals", "changes the rate itself, which is what the sweep does");
    }
    foreign(section, dimension == Dimension.USERS ? "arrivals" : "think", dimension);
    String resolutionFlag = asked.resolution();
    Sweep sweep =
        new Sweep(
            dimension,
            range.from(),
            range.to(),
            resolutionFlag != null
                ? flag.read("--resolution", resolutionFlag, RESOLUTION, SweepReader::resolution)
                : section.read("resolution", RESOLUTION, SweepReader::resolution),
            conditions(section, asked),
            find ? 0 : section.read("marginal", MARGINAL, Shares::parsePart),
            section.nanos("think", new Distribution.Constant(0)),
            arrivals,
            step(section.get("step")),
            section.integer("repeats", 2, 1),
            find ? null : hold(section.get("hold"), asked));
    Sweep.Step step = sweep.step();
    if (step.atMostNanos() < step.atLeastNanos()) {
      problems.add(section.where(), "step.at_most is shorter than step.at_least");
    }
    LoadStep first = sweep.stepAt(sweep.from(), "warm-up", warmup);
    return new Found(sweep, LoadReader.warmup(first, first.name(), warmup));
  }

  private void foreign(Section section, String key, Dimension dimension) {
    if (section.has(key)) {
      section.problem(key, "does not belong to a sweep over " + dimension.key());
    }
  }

  private Dimension dimension(Section section, boolean find, SweepFlags asked) {
    if (asked.users() != null && asked.rate() != null) {
      problems.add("--rate", "given beside --users; keep one of them");
    }
    if (asked.users() != null || asked.rate() != null) {
      return asked.rate() == null ? Dimension.USERS : Dimension.RATE;
    }
    if (find) {
      return section.read(
          "maximise",
          Dimension.USERS,
          text -> {
            for (Dimension each : Dimension.values()) {
              if (each.key().equals(text)) {
                return each;
              }
            }
            throw CandorException.user("found '%s', must be users or rate".formatted(text));
          });
    }
    if (section.has("users") && section.has("rate")) {
      section.problem("rate", "stands beside users; keep one of them");
    }
    return section.has("rate") ? Dimension.RATE : Dimension.USERS;
  }

  /** From one level to another. */
  private record Range(double from, double to) {}

  private Range range(Section section, boolean find, SweepFlags asked, Dimension dimension) {
    Range otherwise = dimension == Dimension.USERS ? new Range(4, 1024) : new Range(1, 1000);
    String given = dimension == Dimension.USERS ? asked.users() : asked.rate();
    if (given != null) {
      return flag.read(
          dimension == Dimension.USERS ? "--users" : "--rate",
          given,
          otherwise,
          text -> range(text, dimension));
    }
    if (!find) {
      return section.read(dimension.key(), otherwise, text -> range(text, dimension));
    }
    double from = section.read("from", otherwise.from(), text -> level(text, dimension));
    double to = section.read("to", Math.max(from, otherwise.to()), text -> level(text, dimension));
    if (to < from) {
      section.problem("to", "lies below from");
    }
    return new Range(from, Math.max(from, to));
  }

  private static Range range(String text, Dimension dimension) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length != 2) {
      throw CandorException.user(
          "found '%s', must be a range such as %s"
              .formatted(text, dimension == Dimension.USERS ? "10..100" : "1/s..50/s"));
    }
    double from = level(ends[0].trim(), dimension);
    double to = level(ends[1].trim(), dimension);
    if (to < from) {
      throw CandorException.user("found '%s', whose end lies below its start".formatted(text));
    }
    return new Range(from, to);
  }

  private static double level(String text, Dimension dimension) {
    return switch (dimension) {
      case USERS -> Section.wholeNumber(text, 1, (long) MOST_USERS);
      case RATE -> Rates.parsePerSecond(text);
    };
  }

  private static Double resolution(String text) {
    double share = Shares.parsePart(text);
    if (share < 0.001) {
      throw CandorException.user("found %s, must be at least 0.1%%".formatted(text));
    }
    return share;
  }

  private List<Threshold> conditions(Section section, SweepFlags asked) {
    List<Threshold> conditions = new ArrayList<>();
    if (!asked.conditions().isEmpty()) {
      for (String text : asked.conditions()) {
        Threshold parsed =
            flag.<@Nullable Threshold>read("--while", text, null, SweepReader::condition);
        if (parsed != null) {
          conditions.add(parsed);
        }
      }
      return conditions;
    }
    Value value = section.get("while");
    List<Value> items =
        value == null ? List.of() : value.list() != null ? value.list() : List.of(value);
    for (Value item : items) {
      try {
        conditions.add(condition(item.text()));
      } catch (CandorException e) {
        problems.add(item.where(), String.valueOf(e.getMessage()));
      }
    }
    if (items.isEmpty()) {
      conditions.add(ThresholdText.parse("goodput >= 99%"));
    }
    return conditions;
  }

  private static Threshold condition(String text) {
    Threshold threshold = ThresholdText.parse(text);
    if (OF_A_RUN.contains(threshold.metric())) {
      throw CandorException.user(
          "'%s': %s is a figure of a whole run, not of a step".formatted(text, threshold.metric()));
    }
    if (!threshold.scope().equals(Threshold.Scope.RUN)
        || threshold.confidence() != Threshold.Confidence.POINT) {
      throw CandorException.user(
          "'%s': a step is judged as a whole and by its own intervals; leave the braces out"
              .formatted(text));
    }
    return threshold;
  }

  private Sweep.Step step(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.SWEEP_STEP);
    String longest = flags.duration();
    long atMost = section.read("at_most", STEP.atMostNanos(), Section::positiveNanos);
    if (longest != null) {
      atMost = flag.read("--for", longest, atMost, Section::positiveNanos);
    }
    long atLeast =
        section.read("at_least", Math.min(STEP.atLeastNanos(), atMost), Section::positiveNanos);
    return new Sweep.Step(
        section.read("ramp", STEP.rampNanos(), Section::positiveNanos),
        section.integer("requests", STEP.requests(), 1),
        longest == null ? atLeast : Math.min(atLeast, atMost),
        atMost,
        section.read("pause", STEP.pauseNanos(), Durations::parseNanos),
        section.read("drain", STEP.drainNanos(), Durations::parseNanos));
  }

  private Sweep.@Nullable Hold hold(@Nullable Value value, SweepFlags asked) {
    Sweep.Hold hold = HOLD;
    if (value != null && value.isText()) {
      if (value.text().equals("false")) {
        hold = null;
      } else {
        problems.add(
            value.where(), "found '%s', must be false or a mapping".formatted(value.text()));
      }
    } else if (value != null) {
      Section section = new Section(value, problems, Keys.HOLD);
      double share = section.read("share", HOLD.share(), Shares::parsePart);
      if (share <= 0) {
        section.problem("share", "must be above 0");
      }
      hold =
          new Sweep.Hold(share, section.read("for", HOLD.durationNanos(), Section::positiveNanos));
    }
    String given = asked.hold();
    if (given != null) {
      long nanos = flag.read("--hold", given, HOLD.durationNanos(), Durations::parseNanos);
      double share = hold == null ? HOLD.share() : hold.share();
      return nanos == 0 ? null : new Sweep.Hold(share, nanos);
    }
    return hold;
  }
}
