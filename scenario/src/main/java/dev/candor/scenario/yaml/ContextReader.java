package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.PromptContext.Documents;
import dev.candor.scenario.PromptContext.SystemPrompts;
import dev.candor.scenario.PromptContext.Tools;
import org.jspecify.annotations.Nullable;

/** Reads {@code system}, {@code tools} and {@code documents} of a class. */
final class ContextReader {
  private static final Distribution ONE = new Distribution.Constant(1);

  /** So many are drawn from within a table that fits memory. */
  private static final int MOST = 1_000_000;

  private static final int MOST_TOOLS = 10_000;
  private static final int POOL = 1000;

  private final Problems problems;

  ContextReader(Problems problems) {
    this.problems = problems;
  }

  PromptContext read(Section each) {
    return new PromptContext(
        system(each.get("system")), tools(each.get("tools")), documents(each.get("documents")));
  }

  private @Nullable SystemPrompts system(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.SYSTEM);
    return new SystemPrompts(tokens(section), count(section, "variants", 1, MOST), skew(section));
  }

  private @Nullable Tools tools(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.TOOLS);
    return new Tools(count(section, "count", 1, MOST_TOOLS), tokens(section));
  }

  private @Nullable Documents documents(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.DOCUMENTS);
    Distribution count =
        section.read(
            "count",
            ONE,
            text -> DistributionText.parse(text, number -> Section.number(number, 0)));
    int pool = count(section, "pool", POOL, MOST);
    if (count instanceof Distribution.Constant(double most) && most > pool) {
      section.problem(
          "count", "found %s, the pool has only %d".formatted(QuantityText.tokens(count), pool));
    }
    return new Documents(count, tokens(section), pool, skew(section));
  }

  private Distribution tokens(Section section) {
    if (!section.has("tokens")) {
      problems.add(section.where(), "needs tokens, such as 500 or lognormal(400, 0.5)");
    }
    return section.tokens("tokens", ONE);
  }

  private static int count(Section section, String key, int otherwise, int most) {
    return section.read(key, otherwise, text -> (int) Section.wholeNumber(text, 1, most));
  }

  private static double skew(Section section) {
    return section.read("skew", 0.0, text -> Section.number(text, 0));
  }
}
