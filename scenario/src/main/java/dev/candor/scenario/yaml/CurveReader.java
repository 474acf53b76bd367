package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a curve of points, and what it shares with others that have a period. */
final class CurveReader {
  private static final long DAY = Durations.parseNanos("24h");

  private final Problems problems;

  CurveReader(Problems problems) {
    this.problems = problems;
  }

  ArrivalProcess read(@Nullable Value parameters) {
    Section section = new Section(parameters, problems, Keys.CURVE);
    if (!section.has("period") || !section.has("points")) {
      problems.add(
          section.where(),
          "needs a period and points, such as period: 24h and points: [[0h, 0.4], [14h, 1]]");
    }
    double speed = section.read("speed", 1.0, ArrivalsReader::speed);
    long period = period(section, speed);
    List<ArrivalProcess.Point> points = new ArrayList<>();
    for (Value item : section.items("points", "pairs of a time and a level, such as [6h, 0.2]")) {
      point(item, speed, period, points);
    }
    if (section.has("points") && points.stream().noneMatch(point -> point.level() > 0)) {
      section.problem("points", "needs a point with a level above 0");
    }
    return new ArrivalProcess.Curve(
        period, points.isEmpty() ? List.of(new ArrivalProcess.Point(0, 1)) : points);
  }

  private void point(Value item, double speed, long period, List<ArrivalProcess.Point> points) {
    List<Value> pair = item.list();
    if (pair == null || pair.size() != 2 || !pair.stream().allMatch(Value::isText)) {
      problems.add(
          item.where(),
          "found %s, must be a time and a level, such as [6h, 0.2]"
              .formatted(pair == null ? Section.kind(item) : "a list of another shape"));
      return;
    }
    try {
      long at = spedUp(pair.getFirst().text(), speed);
      double level = Section.number(pair.getLast().text(), 0);
      if (at >= period) {
        throw CandorException.user(
            "found %s, must be earlier than the period's end".formatted(pair.getFirst().text()));
      }
      if (!points.isEmpty() && at <= points.getLast().atNanos()) {
        throw CandorException.user(
            "found %s, must be later than the point before".formatted(pair.getFirst().text()));
      }
      points.add(new ArrivalProcess.Point(at, level));
    } catch (CandorException e) {
      problems.add(item.where(), String.valueOf(e.getMessage()));
    }
  }

  static long period(Section section, double speed) {
    return section.read(
        "period",
        Math.max(1, Math.round(DAY / speed)),
        text -> {
          long period = spedUp(text, speed);
          if (period < 1_000_000) {
            throw CandorException.user(
                "found %s, must be at least 1ms once sped up".formatted(text));
          }
          return period;
        });
  }

  /** The duration {@code text}, {@code speed} times as fast. */
  static Long spedUp(String text, double speed) {
    return Math.round(Durations.parseNanos(text) / speed);
  }
}
