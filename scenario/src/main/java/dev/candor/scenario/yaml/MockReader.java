package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.MockSettings.AnswerText;
import dev.candor.scenario.MockSettings.MetricNames;
import dev.candor.scenario.MockSettings.Times;
import dev.candor.scenario.Quota;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the mock's settings: {@code target.mock} or the root of a file of their own. */
final class MockReader {
  private final FileNames files;
  private final Problems problems;

  MockReader(FileNames files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  MockSettings read(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.MOCK);
    Times times = times(section);
    int replicas = times instanceof Times.Simulated(MockEngine engine) ? engine.replicas() : 1;
    List<FaultRule> faults =
        new FaultRuleReader(problems, replicas).read(section.items("faults", "faults"));
    return new MockSettings(
        times,
        answers(section),
        section.integer("max_concurrency", 0, 0),
        quotas(section.items("quotas", "quotas")),
        faults,
        section.read(
            "metrics", MetricNames.VLLM, text -> ConstantText.parse(MetricNames.class, text)),
        section.<@Nullable Path>read("truth", null, files::written));
  }

  private static MockSettings.Answers answers(Section section) {
    MockSettings.Answers normal = MockSettings.Answers.DEFAULT;
    return new MockSettings.Answers(
        section.has("output_tokens")
            ? section.tokens("output_tokens", new Distribution.Constant(1))
            : null,
        section.integer("tokens_per_chunk", normal.tokensPerChunk(), 1),
        section.integer("reasoning_tokens", normal.reasoningTokens(), 0),
        section.read("tool_calls", normal.toolCallShare(), Shares::parsePart),
        section.read("text", normal.text(), text -> ConstantText.parse(AnswerText.class, text)));
  }

  private Times times(Section section) {
    exclude(section, "recorded", List.of("profile", "ttft", "itl", "output_tokens"));
    exclude(section, "profile", List.of("ttft", "itl"));
    if (section.has("engine") && !section.has("profile")) {
      section.problem("engine", "needs a profile beside it, such as profile: h100-llama3-8b");
    }
    Path run = section.<@Nullable Path>read("recorded", null, files::existingDirectory);
    if (run != null) {
      return new Times.Recorded(run);
    }
    String profile = section.<@Nullable String>read("profile", null, text -> profile(files, text));
    Section engine = new Section(section.get("engine"), problems, Keys.ENGINE);
    if (profile != null) {
      return new Times.Simulated(
          engine(profile, engine.integer("replicas", 1, 1), routing(engine), engine));
    }
    Times.Drawn normal = Times.Drawn.DEFAULT;
    return new Times.Drawn(
        section.nanos("ttft", normal.ttftNanos()), section.nanos("itl", normal.itlNanos()));
  }

  private static void exclude(Section section, String key, List<String> others) {
    for (String other : others) {
      if (section.has(key) && section.has(other)) {
        section.problem(
            other, "stands beside %s, which brings its own; keep one of them".formatted(key));
      }
    }
  }

  /** A built-in profile's name as it is, or the file that is meant. */
  static String profile(FileNames files, String text) {
    return text.endsWith(".yaml") || text.endsWith(".yml") ? files.existing(text).toString() : text;
  }

  /** The way between replicas at {@code routing}. */
  static MockEngine.Routing routing(Section section) {
    return section.read(
        "routing",
        MockEngine.Routing.ROUND_ROBIN,
        text -> ConstantText.parse(MockEngine.Routing.class, text));
  }

  /** An engine whose limits are in {@code section}, which may have other keys. */
  static MockEngine engine(
      String profile, int replicas, MockEngine.Routing routing, Section section) {
    return new MockEngine(
        profile,
        replicas,
        routing,
        count(section, "max_num_seqs", 1),
        count(section, "max_num_batched_tokens", 1),
        count(section, "max_model_len", 1),
        choice(section, "chunked_prefill"),
        count(section, "long_prefill_token_threshold", 0),
        choice(section, "prefix_caching"),
        count(section, "block_size", 1),
        count(section, "kv_blocks", 1),
        count(section, "max_queue", 0));
  }

  private static @Nullable Integer count(Section section, String key, int least) {
    return section.has(key) ? section.integer(key, least, least) : null;
  }

  private static @Nullable Boolean choice(Section section, String key) {
    return section.has(key) ? section.bool(key, true) : null;
  }

  private List<Quota> quotas(List<Value> items) {
    List<Quota> quotas = new ArrayList<>();
    for (Value item : items) {
      Section section = new Section(item, problems, Keys.QUOTA);
      if (Keys.QUOTA_LIMITS.stream().noneMatch(section::has)) {
        problems.add(
            section.where(),
            "needs a limit a minute, one or more of " + String.join(", ", Keys.QUOTA_LIMITS));
      }
      quotas.add(
          new Quota(
              section.text("key"),
              section.text("model"),
              limit(section, "rpm"),
              limit(section, "tpm"),
              limit(section, "input_tpm"),
              limit(section, "output_tpm"),
              section.read(
                  "limit",
                  Quota.Kind.TOKEN_BUCKET,
                  text -> ConstantText.parse(Quota.Kind.class, text))));
    }
    return quotas;
  }

  private static long limit(Section section, String key) {
    return section.read(key, 0L, text -> Section.wholeNumber(text, 1, Long.MAX_VALUE));
  }
}
