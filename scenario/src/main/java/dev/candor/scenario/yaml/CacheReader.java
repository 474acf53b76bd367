package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code workload.cache}: a state's name, or a section. */
final class CacheReader {
  private static final int BLOCK_TOKENS = 16;

  private final Problems problems;

  CacheReader(Problems problems) {
    this.problems = problems;
  }

  private enum State {
    COLD,
    WARM,
    MIXED
  }

  /** The workload with the state that is wanted, and the salt that this means. */
  Workload read(Section section, Workload workload) {
    CachePlan plan = plan(section, workload);
    return plan == null ? workload : workload.withCache(plan);
  }

  private @Nullable CachePlan plan(Section workload, Workload of) {
    Value value = workload.get("cache");
    if (value == null) {
      return null;
    }
    if (workload.has("salt")) {
      workload.problem("cache", "stands beside salt; the state decides what is salted");
    }
    if (value.isText()) {
      State state = workload.read("cache", State.COLD, CacheReader::state);
      if (state == State.MIXED) {
        workload.problem("cache", "mixed needs a hit_rate: cache: {state: mixed, hit_rate: 60%}");
      }
      return new CachePlan(
          state == State.WARM ? new CachePlan.Warm() : new CachePlan.Cold(false),
          CachePlan.TOLERANCE,
          null);
    }
    Section section = new Section(value, problems, Keys.CACHE);
    State state = section.read("state", State.COLD, CacheReader::state);
    if (!section.has("state")) {
      problems.add(section.where(), "needs a state: cold, warm or mixed");
    }
    return new CachePlan(
        state(section, state, of),
        section.read("tolerance", CachePlan.TOLERANCE, Shares::parsePart),
        section.<@Nullable String>read("reset", null, CacheReader::path));
  }

  private CachePlan.State state(Section section, State state, Workload workload) {
    onlyOf(section, state, State.COLD, "isolate");
    onlyOf(section, state, State.MIXED, "hit_rate", "block");
    if (section.has("isolate") && section.has("reset")) {
      section.problem("isolate", "stands beside reset, which leaves nothing to be isolated from");
    }
    return switch (state) {
      case COLD -> new CachePlan.Cold(section.read("isolate", false, CacheReader::isolation));
      case WARM -> new CachePlan.Warm();
      case MIXED -> {
        if (!section.has("hit_rate")) {
          problems.add(section.where(), "needs a hit_rate, such as 60%");
        }
        if (!workload.mayBeMixed()) {
          section.problem(
              "state",
              "mixed gives every prompt a shared part of its own making: it needs a mix of plain classes or a trace, without correlation, system, tools, documents or turns");
        }
        yield new CachePlan.Mixed(
            section.read("hit_rate", 0.0, CacheReader::hitRate),
            section.integer("block", BLOCK_TOKENS, 1));
      }
    };
  }

  private static void onlyOf(Section section, State state, State of, String... keys) {
    for (String key : keys) {
      if (section.has(key) && state != of) {
        section.problem(key, "goes with state: " + ConstantText.of(of));
      }
    }
  }

  private static State state(String text) {
    return ConstantText.parse(State.class, text);
  }

  private static Boolean isolation(String text) {
    return switch (text) {
      case "request" -> false;
      case "session" -> true;
      default ->
          throw CandorException.user("found '%s', must be request or session".formatted(text));
    };
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

  private static String path(String text) {
    if (!text.startsWith("/")) {
      throw CandorException.user(
          "found '%s', must be a path of the server, such as /reset_prefix_cache".formatted(text));
    }
    return text;
  }

  static Map<String, Object> entries(CachePlan plan) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("state", plan.state().key());
    switch (plan.state()) {
      case CachePlan.Cold(boolean withinSessions) -> {
        if (plan.resetPath() == null) {
          section.put("isolate", withinSessions ? "session" : "request");
        }
      }
      case CachePlan.Warm ignored -> {}
      case CachePlan.Mixed(double hitRate, int blockTokens) -> {
        section.put("hit_rate", hitRate);
        section.put("block", blockTokens);
      }
    }
    section.put("tolerance", plan.tolerance());
    if (plan.resetPath() != null) {
      section.put("reset", plan.resetPath());
    }
    return section;
  }
}
