package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.MockFault;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a fault of a known kind from the keys that it takes. */
final class FaultReader {
  private static final int BEFORE = -1;

  private final int replicas;

  /**
   * @param replicas that there are to strike
   */
  FaultReader(int replicas) {
    this.replicas = replicas;
  }

  MockFault read(FaultKind kind, Section section) {
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
  private static <T> T needed(
      Section section, String example, T otherwise, Function<String, T> reader) {
    String key = example.substring(0, example.indexOf(':'));
    if (!section.has(key)) {
      section.problem("fault", "needs %s, such as %s".formatted(key, example));
    }
    return section.read(key, otherwise, reader);
  }

  private static int after(Section section) {
    return needed(section, "after: 10", 0, FaultReader::tokens);
  }

  private static double slowdown(Section section) {
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
