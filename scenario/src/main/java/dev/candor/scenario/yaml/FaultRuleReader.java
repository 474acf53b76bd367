package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads fault rules: each names its fault, with that fault's keys, and says whom it strikes when.
 */
final class FaultRuleReader {
  /** So that a timetable has at most a thousand windows a second. */
  private static final long SHORTEST_REPEATED_NANOS = 1_000_000;

  private final Problems problems;
  private final FaultReader faults;

  /**
   * @param replicas that there are to strike
   */
  FaultRuleReader(Problems problems, int replicas) {
    this.problems = problems;
    this.faults = new FaultReader(replicas);
  }

  List<FaultRule> read(List<Value> items) {
    List<FaultRule> rules = new ArrayList<>();
    for (Value item : items) {
      FaultRule rule = rule(item);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private @Nullable FaultRule rule(Value item) {
    Map<String, Value> entries = item.map();
    Value name = entries == null ? null : entries.get("fault");
    if (entries == null || name == null || !name.isText()) {
      problems.add(item.where(), "needs a fault, such as {fault: stall, after: 10}");
      return null;
    }
    FaultKind kind;
    try {
      kind = ConstantText.parse(FaultKind.class, name.text());
    } catch (CandorException e) {
      problems.add(name.where(), String.valueOf(e.getMessage()));
      return null;
    }
    Value rule = kind.ofService() ? withoutMatch(kind, item, entries) : item;
    Section section = new Section(rule, problems, Keys.ofRule(kind));
    return new FaultRule(faults.read(kind, section), match(section), window(section));
  }

  /** Tells of the keys that choose among requests, and leaves them out. */
  private Value withoutMatch(FaultKind kind, Value item, Map<String, Value> entries) {
    Map<String, Value> kept = new LinkedHashMap<>(entries);
    for (String key : Keys.FAULT_MATCH) {
      Value found = kept.remove(key);
      if (found != null) {
        problems.add(
            found.where(),
            "chooses among requests, but %s strikes the service as a whole; it takes %s"
                .formatted(kind.key(), String.join(", ", Keys.ofRule(kind))));
      }
    }
    return new Value(item.where(), kept);
  }

  private Match match(Section section) {
    return new Match(
        section.read("share", Match.ALL.share(), Shares::parsePart),
        section.text("model"),
        section.text("path"),
        headers(section.get("headers")),
        section.integer("nth", Match.ALL.nth(), 1),
        section.has("first") ? section.integer("first", 1, 1) : Match.ALL.first());
  }

  private Map<String, String> headers(@Nullable Value value) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (value == null) {
      return headers;
    }
    if (value.map() == null) {
      problems.add(
          value.where(),
          "found %s, must be a mapping such as {x-test: \"1\"}".formatted(Section.kind(value)));
      return headers;
    }
    value
        .map()
        .forEach(
            (name, each) -> {
              if (each.isText()) {
                headers.put(name, each.text());
              } else {
                problems.add(
                    each.where(),
                    "found %s, must be the header's value".formatted(Section.kind(each)));
              }
            });
    return headers;
  }

  private static Window window(Section section) {
    long lastsNanos = section.read("for", Window.ALWAYS.lastsNanos(), Section::positiveNanos);
    if (section.has("every") && !section.has("for")) {
      section.problem("every", "needs the length of each window, such as for: 5s");
    } else if (section.has("every") && lastsNanos < SHORTEST_REPEATED_NANOS) {
      section.problem(
          "for",
          "found %s, must be at least 1ms where the window opens again and again"
              .formatted(section.text("for")));
    }
    return new Window(
        section.read("from", Window.ALWAYS.fromNanos(), Durations::parseNanos),
        lastsNanos,
        section.<@Nullable Distribution>read("every", null, FaultRuleReader::period));
  }

  private static Distribution period(String text) {
    Distribution every = DistributionText.parse(text, Durations::parseNanos);
    if (every.mean() <= 0) {
      throw CandorException.user("found %s, must be longer than 0".formatted(text));
    }
    return every;
  }
}
