package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ArrivalProcess;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a step's {@code arrivals}: the name of a process, or a mapping of one name to its
 * parameters.
 */
final class ArrivalsReader {
  private static final ArrivalProcess POISSON = new ArrivalProcess.Poisson();
  private static final Distribution ONE = new Distribution.Constant(1);
  private static final double MOST_VARIATION = 100;

  /** More of them are a Poisson process, and every loop draws them all. */
  private static final int MOST_USERS = 10_000;

  /** Shorter bursts are no bursts, and each is a piece of the schedule. */
  private static final double SHORTEST_BURST_NANOS = 1e6;

  private static final List<String> NAMES =
      Stream.concat(Stream.of("poisson", "constant"), Keys.ARRIVALS.stream()).toList();

  private final Problems problems;

  ArrivalsReader(Problems problems) {
    this.problems = problems;
  }

  /** Whether the process changes the rate itself over the step, so that a ramp has no meaning. */
  static boolean hasCurve(ArrivalProcess process) {
    return switch (process) {
      case ArrivalProcess.Diurnal ignored -> true;
      case ArrivalProcess.Curve ignored -> true;
      case ArrivalProcess.Constant ignored -> false;
      case ArrivalProcess.Poisson ignored -> false;
      case ArrivalProcess.Gamma ignored -> false;
      case ArrivalProcess.OnOff ignored -> false;
      case ArrivalProcess.PerUser ignored -> false;
    };
  }

  /** Reads those of {@code step}, whose rate is {@code ratePerSecond}. */
  ArrivalProcess read(Section step, double ratePerSecond) {
    Value value = step.get("arrivals");
    if (value == null) {
      return POISSON;
    }
    if (value.map() == null) {
      return named(value);
    }
    Section section = new Section(value, problems, Keys.ARRIVALS);
    List<String> given = Keys.ARRIVALS.stream().filter(section::has).toList();
    if (given.size() != 1) {
      problems.add(
          value.where(),
          given.isEmpty()
              ? "found no process; " + must()
              : "found %s; keep one of them".formatted(String.join(" and ", given)));
    }
    if (given.isEmpty()) {
      return POISSON;
    }
    Value parameters = section.get(given.getFirst());
    return switch (given.getFirst()) {
      case "gamma" -> gamma(new Section(parameters, problems, Keys.GAMMA));
      case "on_off" -> onOff(new Section(parameters, problems, Keys.ON_OFF), ratePerSecond);
      case "diurnal" -> diurnal(new Section(parameters, problems, Keys.DIURNAL));
      case "curve" -> new CurveReader(problems).read(parameters);
      case "per_user" -> perUser(new Section(parameters, problems, Keys.PER_USER));
      default -> throw new IllegalStateException("no reader for " + given.getFirst());
    };
  }

  private ArrivalProcess named(Value value) {
    return switch (value.text()) {
      case "poisson" -> POISSON;
      case "constant" -> new ArrivalProcess.Constant();
      default -> {
        String found = Section.kind(value);
        problems.add(
            value.where(),
            Keys.ARRIVALS.contains(value.text())
                ? "%s has parameters, such as {%s}".formatted(found, example(value.text()))
                : "found %s, %s; %s".formatted(found, must(), Suggestion.of(value.text(), NAMES)));
        yield POISSON;
      }
    };
  }

  private static String must() {
    return "must be poisson, constant or a mapping of one of %s, such as {gamma: {cv: 2}}"
        .formatted(String.join(", ", Keys.ARRIVALS));
  }

  private static String example(String name) {
    return name
        + switch (name) {
          case "gamma" -> ": {cv: 2}";
          case "on_off" -> ": {on: 5s, off: 20s}";
          case "diurnal" -> ": {period: 24h, peak_to_trough: 3, peak_at: 14h}";
          case "curve" -> ": {period: 24h, points: [[0h, 0.4], [14h, 1]]}";
          default -> ": {users: 50}";
        };
  }

  private ArrivalProcess gamma(Section section) {
    if (!section.has("cv") && !section.has("burstiness")) {
      problems.add(
          section.where(),
          "needs cv (standard deviation of the gaps over their mean) or burstiness (1/cv²)");
    }
    return new ArrivalProcess.Gamma(variation(section));
  }

  private static double variation(Section section) {
    if (section.has("cv") && section.has("burstiness")) {
      section.problem("burstiness", "stands beside cv, and is 1/cv²; keep one of them");
    }
    return section.has("burstiness")
        ? section.read("burstiness", 1.0, text -> variation(1 / Math.sqrt(positive(text)), text))
        : section.read("cv", 1.0, text -> variation(positive(text), text));
  }

  private static double variation(double cv, String text) {
    if (cv > MOST_VARIATION || cv < 1 / MOST_VARIATION) {
      throw CandorException.user(
          "found %s, must be a cv of 0.01 to 100, which is a burstiness of 10000 to 0.0001"
              .formatted(text));
    }
    return cv;
  }

  private ArrivalProcess onOff(Section section, double ratePerSecond) {
    for (String key : List.of("on", "off")) {
      if (!section.has(key)) {
        problems.add(section.where(), "needs %s, such as %s: 5s".formatted(key, key));
      }
    }
    double idle = section.read("idle_rate", 0.0, LoadReader::rateOrZero);
    if (idle >= ratePerSecond && idle > 0) {
      section.problem(
          "idle_rate", "must be below the step's rate, which is the mean of bursts and pauses");
    }
    return new ArrivalProcess.OnOff(burst(section, "on"), burst(section, "off"), idle);
  }

  private static Distribution burst(Section section, String key) {
    Distribution second = new Distribution.Constant(1e9);
    Distribution nanos = section.nanos(key, second);
    if (!(nanos.mean() >= SHORTEST_BURST_NANOS)) {
      section.problem(key, "must be at least 1ms on average");
      return second;
    }
    return nanos;
  }

  private ArrivalProcess diurnal(Section section) {
    if (!section.has("period") || !section.has("peak_to_trough")) {
      problems.add(section.where(), "needs a period and peak_to_trough, such as period: 24h and 3");
    }
    double speed = section.read("speed", 1.0, ArrivalsReader::speed);
    long period = CurveReader.period(section, speed);
    long peak = section.read("peak_at", 0L, text -> CurveReader.spedUp(text, speed));
    if (peak >= period) {
      section.problem("peak_at", "must be earlier than the period's end");
    }
    return new ArrivalProcess.Diurnal(
        period,
        section.read("peak_to_trough", 1.0, text -> Section.number(text.replaceFirst("x$", ""), 1)),
        peak);
  }

  private ArrivalProcess perUser(Section section) {
    if (!section.has("users")) {
      problems.add(section.where(), "needs users, such as users: 50");
    }
    int users = section.read("users", 1, text -> (int) Section.wholeNumber(text, 1, MOST_USERS));
    Distribution weight =
        section.read(
            "weight", ONE, text -> DistributionText.parse(text, value -> Section.number(value, 0)));
    if (!(weight.mean() > 0)) {
      section.problem("weight", "must be above 0 on average");
      weight = ONE;
    }
    return new ArrivalProcess.PerUser(users, weight, variation(section));
  }

  /** How many times as fast: {@code 10x}, {@code 0.5x}, {@code 10}. */
  static Double speed(String text) {
    return positive(text.trim().replaceFirst("x$", ""));
  }

  static double positive(String text) {
    double value = Section.number(text, 0);
    if (value <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return value;
  }
}
