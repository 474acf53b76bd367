package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Turns.Subagents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code turns} of a class and what goes with it. */
final class TurnsReader {
  private static final Distribution ONE = new Distribution.Constant(1);
  private static final Distribution TWO = new Distribution.Constant(2);
  private static final Distribution AT_ONCE = new Distribution.Constant(0);

  private final Problems problems;

  TurnsReader(Problems problems) {
    this.problems = problems;
  }

  /** The turns of a class with messages as long as {@code input}, null where it has one only. */
  @Nullable Turns read(Section each, Distribution input) {
    if (!each.has("turns")) {
      for (String key : List.of("follow_up", "think", "subagents")) {
        if (each.has(key)) {
          each.problem(key, "needs turns; a class without asks once a session");
        }
      }
      return null;
    }
    return new Turns(
        each.tokens("turns", ONE),
        each.tokens("follow_up", input),
        each.nanos("think", AT_ONCE),
        subagents(each.get("subagents")));
  }

  private @Nullable Subagents subagents(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.SUBAGENTS);
    if (!section.has("share")) {
      problems.add(section.where(), "needs a share of the turns, such as 30%");
    }
    if (!section.has("input")) {
      problems.add(section.where(), "needs an input, such as 2000");
    }
    Distribution input = section.tokens("input", ONE);
    return new Subagents(
        section.read("share", 1.0, AbandonReader::part),
        section.tokens("count", TWO),
        section.tokens("turns", ONE),
        input,
        section.tokens("follow_up", input),
        section.tokens("output", MixReader.ANSWER),
        section.nanos("think", AT_ONCE));
  }
}
