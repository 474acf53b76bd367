package dev.candor.scenario.yaml;

import dev.candor.scenario.Abandon;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.Map;

/** A workload as entries that {@link WorkloadReader} reads back. */
final class WorkloadYaml {
  private WorkloadYaml() {}

  static Map<String, Object> entries(Workload workload) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("tokenizer", workload.tokenizer());
    if (workload.maxTokens() != null) {
      section.put("max_tokens", workload.maxTokens());
    }
    if (workload.cache() == null) {
      section.put("salt", workload.salt() == SaltScope.NONE ? false : workload.salt().key());
    } else {
      section.put("cache", CacheReader.entries(workload.cache()));
    }
    section.put("calibrate", workload.calibrate());
    if (!workload.abandons().isEmpty()) {
      section.put("abandon", workload.abandons().stream().map(WorkloadYaml::abandon).toList());
    }
    switch (workload.source()) {
      case Workload.Synthetic synthetic -> {
        section.put("mix", synthetic.classes().stream().map(MixYaml::entries).toList());
        if (synthetic.classes().stream().anyMatch(each -> each.turns() != null)) {
          section.put("sessions", sessions(synthetic.rules()));
        }
      }
      case Workload.Trace trace -> {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", trace.file().toString());
        entry.put("format", trace.format().key());
        entry.put("limit", trace.limit());
        entry.put("max_input", trace.maxInputTokens());
        section.put("trace", entry);
      }
      case Workload.Messages messages ->
          section.put("messages", Map.of("file", messages.file().toString()));
      case Workload.Corpus corpus -> {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", corpus.file().toString());
        entry.put("limit", corpus.limit());
        entry.put("max_input", corpus.maxInputTokens());
        entry.put("answers", corpus.realAnswers() ? "real" : "recorded");
        section.put("corpus", entry);
      }
    }
    return section;
  }

  private static Map<String, Object> abandon(Abandon abandon) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("share", abandon.share());
    if (abandon.patienceNanos() != null) {
      section.put("after", QuantityText.nanos(abandon.patienceNanos()));
    }
    if (abandon.tokens() != null) {
      section.put("tokens", QuantityText.tokens(abandon.tokens()));
    }
    return section;
  }

  private static Map<String, Object> sessions(SessionRules rules) {
    Map<String, Object> section = new LinkedHashMap<>();
    switch (rules.limit()) {
      case ContextLimit.None none -> {}
      case ContextLimit.Stop(int tokens) -> limit(section, tokens, "stop");
      case ContextLimit.Truncate(int tokens) -> limit(section, tokens, "truncate");
      case ContextLimit.Summarise(int tokens, int summaryTokens) -> {
        limit(section, tokens, "summarise");
        section.put("summary", summaryTokens);
      }
    }
    section.put("answers", rules.realAnswers() ? "real" : "generated");
    return section;
  }

  private static void limit(Map<String, Object> section, int tokens, String policy) {
    section.put("context_limit", tokens);
    section.put("at_limit", policy);
  }
}
