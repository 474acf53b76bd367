package dev.candor.scenario.yaml;

import dev.candor.scenario.PromptContext;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Workload.RequestClass;
import java.util.LinkedHashMap;
import java.util.Map;

/** A class of a mix as entries that {@link MixReader} reads back. */
final class MixYaml {
  private MixYaml() {}

  static Map<String, Object> entries(RequestClass each) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", each.name());
    entry.put("share", each.share());
    entry.put("input", QuantityText.tokens(each.inputTokens()));
    entry.put("output", QuantityText.tokens(each.outputTokens()));
    if (each.correlation() != 0) {
      entry.put("correlation", each.correlation());
    }
    context(entry, each.context());
    Turns turns = each.turns();
    if (turns != null) {
      entry.put("turns", QuantityText.tokens(turns.count()));
      entry.put("follow_up", QuantityText.tokens(turns.followUpTokens()));
      entry.put("think", QuantityText.nanos(turns.thinkNanos()));
      if (turns.subagents() != null) {
        entry.put("subagents", subagents(turns.subagents()));
      }
    }
    return entry;
  }

  private static void context(Map<String, Object> entry, PromptContext context) {
    PromptContext.SystemPrompts system = context.system();
    if (system != null) {
      Map<String, Object> section = new LinkedHashMap<>();
      section.put("tokens", QuantityText.tokens(system.tokens()));
      section.put("variants", system.variants());
      section.put("skew", system.skew());
      entry.put("system", section);
    }
    PromptContext.Tools tools = context.tools();
    if (tools != null) {
      Map<String, Object> section = new LinkedHashMap<>();
      section.put("count", tools.count());
      section.put("tokens", QuantityText.tokens(tools.tokens()));
      entry.put("tools", section);
    }
    PromptContext.Documents documents = context.documents();
    if (documents != null) {
      Map<String, Object> section = new LinkedHashMap<>();
      section.put("count", QuantityText.tokens(documents.count()));
      section.put("tokens", QuantityText.tokens(documents.tokens()));
      section.put("pool", documents.pool());
      section.put("skew", documents.skew());
      entry.put("documents", section);
    }
  }

  private static Map<String, Object> subagents(Turns.Subagents subagents) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("share", subagents.share());
    section.put("count", QuantityText.tokens(subagents.count()));
    section.put("turns", QuantityText.tokens(subagents.turns()));
    section.put("input", QuantityText.tokens(subagents.inputTokens()));
    section.put("follow_up", QuantityText.tokens(subagents.followUpTokens()));
    section.put("output", QuantityText.tokens(subagents.outputTokens()));
    section.put("think", QuantityText.nanos(subagents.thinkNanos()));
    return section;
  }
}
