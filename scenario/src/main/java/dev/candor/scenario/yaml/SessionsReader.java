package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.SessionRules;

/** Reads {@code workload.sessions}, key by key over what holds otherwise. */
final class SessionsReader {
  private static final int SUMMARY_TOKENS = 300;

  private final Problems problems;

  SessionsReader(Problems problems) {
    this.problems = problems;
  }

  SessionRules read(Section workload, SessionRules otherwise) {
    if (!workload.has("sessions")) {
      return otherwise;
    }
    Section section = new Section(workload.get("sessions"), problems, Keys.SESSIONS);
    return new SessionRules(
        limit(section, otherwise.limit()),
        section.read("answers", otherwise.realAnswers(), SessionsReader::real));
  }

  private ContextLimit limit(Section section, ContextLimit otherwise) {
    int tokens = section.integer("context_limit", tokens(otherwise), 1);
    Policy policy =
        section.read("at_limit", policy(otherwise), text -> ConstantText.parse(Policy.class, text));
    if (section.has("summary") && policy != Policy.SUMMARISE) {
      section.problem("summary", "goes with at_limit: summarise");
    }
    if (tokens == 0) {
      for (String key : new String[] {"at_limit", "summary"}) {
        if (section.has(key)) {
          section.problem(key, "needs a context_limit, such as 32000");
        }
      }
      return otherwise;
    }
    return switch (policy) {
      case STOP -> new ContextLimit.Stop(tokens);
      case TRUNCATE -> new ContextLimit.Truncate(tokens);
      case SUMMARISE -> {
        int summary = section.integer("summary", summary(otherwise), 1);
        if (summary >= tokens) {
          section.problem(
              "summary",
              "found %d, must be below the context_limit of %d".formatted(summary, tokens));
        }
        yield new ContextLimit.Summarise(tokens, summary);
      }
    };
  }

  private enum Policy {
    STOP,
    TRUNCATE,
    SUMMARISE
  }

  private static int tokens(ContextLimit limit) {
    return switch (limit) {
      case ContextLimit.None none -> 0;
      case ContextLimit.Stop(int tokens) -> tokens;
      case ContextLimit.Truncate(int tokens) -> tokens;
      case ContextLimit.Summarise(int tokens, int summary) -> tokens;
    };
  }

  private static Policy policy(ContextLimit limit) {
    return switch (limit) {
      case ContextLimit.None none -> Policy.STOP;
      case ContextLimit.Stop stop -> Policy.STOP;
      case ContextLimit.Truncate truncate -> Policy.TRUNCATE;
      case ContextLimit.Summarise summarise -> Policy.SUMMARISE;
    };
  }

  private static int summary(ContextLimit limit) {
    return limit instanceof ContextLimit.Summarise(int tokens, int summary)
        ? summary
        : SUMMARY_TOKENS;
  }

  private static Boolean real(String text) {
    return switch (text) {
      case "real" -> true;
      case "generated" -> false;
      default ->
          throw CandorException.user("found '%s', must be real or generated".formatted(text));
    };
  }
}
