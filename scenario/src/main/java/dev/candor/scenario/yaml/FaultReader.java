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
import dev.candor.scenario.MockFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fault rules: each names its fault, and takes that fault's keys and when it strikes. */
final class FaultReader {
  private static final int BEFORE = -1;

  private final Problems problems;
  private final int replicas;

  /**
   * @param replicas that there are to strike
   */
  FaultReader(Problems problems, int replicas) {
    this.problems = problems;
    this.replicas = replicas;
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
    return new FaultRule(fault(kind, section), match(section), window(section));
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

  private MockFault fault(FaultKind kind, Section section) {
    return switch (kind) {
      case ERROR ->
          new MockFault.ErrorStatus(
              needed(section, "status: 429", 500, FaultReader::errorStatus),
              section.<@Nullable Long>read("retry_after", null, Durations::parseNanos),
              section.text("body"));
      case SLOW_HEADERS ->
          new MockFault.SlowHeaders(
              needed(
                  section,
                  "delay: 2s",
                  new Distribution.Constant(0),
                  text -> DistributionText.parse(text, Durations::parseNanos)));
      case NO_ANSWER -> new MockFault.NoAnswer();
      case RESET ->
          new MockFault.Reset(
              needed(
                  section,
                  "after: 10, or after: before",
                  BEFORE,
                  text -> text.equals("before") ? BEFORE : tokens(text)));
      case DISCONNECT -> new MockFault.Disconnect(after(section));
      case STALL ->
          new MockFault.Stall(
              after(section), section.read("stall_for", 0L, Section::positiveNanos));
      case TRUNCATE -> new MockFault.Truncated(after(section));
      case ERROR_FRAME -> new MockFault.ErrorFrame(after(section));
      case MALFORMED_JSON -> new MockFault.MalformedJson(after(section));
      case SPLIT_UTF8 -> new MockFault.SplitUtf8();
      case TOKENS_PER_CHUNK ->
          new MockFault.TokensPerChunk(needed(section, "tokens: 4", 1, FaultReader::count));
      case MISSING_USAGE -> new MockFault.MissingUsage();
      case LYING_USAGE ->
          new MockFault.LyingUsage(
              needed(section, "factor: 1.5", 1.0, text -> Section.number(text, 0)));
      case PING_FLOOD ->
          new MockFault.PingFlood(needed(section, "per_token: 10", 1, FaultReader::count));
      case HTML -> new MockFault.HtmlInsteadOfJson();
      case ENDLESS_LINE -> new MockFault.EndlessLine();
      case INVALID_UTF8 -> new MockFault.InvalidUtf8();
      case EMPTY_ANSWER -> new MockFault.EmptyAnswer();
      case REFUSED -> {
        needEnd(kind, section);
        yield new MockFault.Refused();
      }
      case BROWN_OUT -> new MockFault.BrownOut(replica(section), slowdown(section));
      case CRASH -> {
        needEnd(kind, section);
        yield new MockFault.Crash(replica(section));
      }
      case LEAK -> new MockFault.Leak(needed(section, "per_hour: 10%", 0.0, Shares::parse));
      case SPIKE -> new MockFault.Spike(slowdown(section));
    };
  }

  /**
   * @param example of the key and a right value, for the message where it is missing
   */
  private <T> T needed(Section section, String example, T otherwise, Function<String, T> reader) {
    String key = example.substring(0, example.indexOf(':'));
    if (!section.has(key)) {
      section.problem("fault", "needs %s, such as %s".formatted(key, example));
    }
    return section.read(key, otherwise, reader);
  }

  private int after(Section section) {
    return needed(section, "after: 10", 0, FaultReader::tokens);
  }

  private double slowdown(Section section) {
    return needed(section, "factor: 3", 1.0, FaultReader::aboveZero);
  }

  private int replica(Section section) {
    return section.read("replica", 0, this::replica);
  }

  private Integer replica(String text) {
    long replica = Section.wholeNumber(text, 0, Integer.MAX_VALUE);
    if (replica >= replicas) {
      throw CandorException.user(
          "found %s, must be below %d, the number of replicas; the first is 0"
              .formatted(text, replicas));
    }
    return (int) replica;
  }

  private static void needEnd(FaultKind kind, Section section) {
    if (!section.has("for")) {
      section.problem("fault", "%s needs an end, such as for: 20s".formatted(kind.key()));
    }
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
    if (section.has("every") && !section.has("for")) {
      section.problem("every", "needs the length of each window, such as for: 5s");
    }
    return new Window(
        section.read("from", Window.ALWAYS.fromNanos(), Durations::parseNanos),
        section.read("for", Window.ALWAYS.lastsNanos(), Section::positiveNanos),
        section.<@Nullable Distribution>read("every", null, FaultReader::period));
  }

  private static Distribution period(String text) {
    Distribution every = DistributionText.parse(text, Durations::parseNanos);
    if (every.mean() <= 0) {
      throw CandorException.user("found %s, must be longer than 0".formatted(text));
    }
    return every;
  }

  private static Integer errorStatus(String text) {
    return (int) Section.wholeNumber(text, 400, 599);
  }

  private static Integer tokens(String text) {
    return (int) Section.wholeNumber(text, 0, Integer.MAX_VALUE);
  }

  private static Integer count(String text) {
    return (int) Section.wholeNumber(text, 1, Integer.MAX_VALUE);
  }

  private static Double aboveZero(String text) {
    double value = Section.number(text, 0);
    if (value == 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return value;
  }
}
