package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.Distribution.Uniform;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Abandon;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code workload} section. */
final class WorkloadReader {
  private static final Distribution ANSWER = new Uniform(100, 200);

  /** Short, medium and long prompts, half, a third and a sixth of the requests. */
  private static final List<RequestClass> DEFAULT_MIX =
      List.of(
          new RequestClass("short", 50, new Uniform(50, 100), ANSWER),
          new RequestClass("medium", 35, new Uniform(500, 1000), ANSWER),
          new RequestClass("long", 15, new Uniform(2000, 4000), ANSWER));

  private final FileNames files;
  private final Overrides flags;
  private final Problems problems;

  WorkloadReader(FileNames files, Overrides flags, Problems problems) {
    this.files = files;
    this.flags = flags;
    this.problems = problems;
  }

  Workload read(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.WORKLOAD);
    String maxTokens = flags.maxTokens();
    String tokenizer = section.text("tokenizer", "o200k_base");
    if (tokenizer.endsWith(".json")) {
      tokenizer = files.any(tokenizer).toString();
    }
    return new Workload(
        source(section),
        tokenizer,
        maxTokens != null
            ? new FlagReader(problems)
                .<@Nullable Integer>read("--max-tokens", maxTokens, null, WorkloadReader::count)
            : section.<@Nullable Integer>read("max_tokens", null, WorkloadReader::count),
        section.bool("salt", true),
        section.bool("calibrate", false),
        abandons(section));
  }

  private List<Abandon> abandons(Section section) {
    List<Abandon> abandons = new ArrayList<>();
    double sum = 0;
    for (Value item : section.items("abandon", "users who leave: a share, with after or tokens")) {
      Section each = new Section(item, problems, Keys.ABANDON);
      if (!each.has("share")) {
        problems.add(each.where(), "needs a share of the requests, such as 5%");
      }
      if (!each.has("after") && !each.has("tokens")) {
        problems.add(
            each.where(),
            "needs after (a wait for the first token, such as 10s) or tokens, or both");
      }
      double share = each.read("share", 0.0, WorkloadReader::part);
      sum += share;
      abandons.add(
          new Abandon(
              share,
              each.has("after") ? each.nanos("after", ANSWER) : null,
              each.has("tokens") ? each.tokens("tokens", ANSWER) : null));
    }
    // Shares such as ten times 10 % add up to a little more than 1.
    if (sum > 1 + 1e-9) {
      section.problem(
          "abandon",
          "its shares add up to %s %%, must be 100 %% at most"
              .formatted(Math.round(sum * 1e4) / 1e2));
    }
    return abandons;
  }

  private static Double part(String text) {
    double share = Shares.parsePart(text);
    if (share <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return share;
  }

  private static Integer count(String text) {
    return (int) Section.wholeNumber(text, 1, Integer.MAX_VALUE);
  }

  private Workload.Source source(Section section) {
    List<String> given = List.of("mix", "trace", "messages").stream().filter(section::has).toList();
    if (given.size() > 1) {
      section.problem(
          given.get(1), "stands beside %s; keep one of them".formatted(given.getFirst()));
    }
    if (section.has("trace")) {
      return trace(new Section(section.get("trace"), problems, Keys.TRACE));
    }
    if (section.has("messages")) {
      Section messages = new Section(section.get("messages"), problems, Keys.MESSAGES);
      return new Workload.Messages(file(messages));
    }
    return new Workload.Synthetic(section.has("mix") ? mix(section) : DEFAULT_MIX);
  }

  private Path file(Section section) {
    if (!section.has("file")) {
      problems.add(section.where(), "needs a file");
    }
    return section.read("file", Path.of(""), files::existing);
  }

  private Workload.Trace trace(Section section) {
    Path file = file(section);
    return new Workload.Trace(
        file,
        section.read("format", Workload.TraceFormat.AZURE, WorkloadReader::format),
        section.integer("limit", 0, 0),
        section.integer("max_input", 0, 0));
  }

  private static Workload.TraceFormat format(String text) {
    for (Workload.TraceFormat format : Workload.TraceFormat.values()) {
      if (format.key().equals(text)) {
        return format;
      }
    }
    throw CandorException.user("found '%s', must be azure or mooncake".formatted(text));
  }

  private List<RequestClass> mix(Section section) {
    Value value = section.get("mix");
    List<Value> items = value == null ? null : value.list();
    if (items == null || items.isEmpty()) {
      section.problem("mix", "found %s, must be a list of classes".formatted(Section.kind(value)));
      return DEFAULT_MIX;
    }
    List<RequestClass> classes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value item : items) {
      Section each = new Section(item, problems, Keys.MIX);
      String name = each.text("name", "class-" + (classes.size() + 1));
      if (!names.add(name)) {
        problems.add(each.where(), "a class named '%s' stands above already".formatted(name));
      }
      if (!each.has("input")) {
        problems.add(each.where(), "needs an input, such as uniform(50, 100)");
      }
      classes.add(
          new RequestClass(
              name,
              each.read("share", 1.0, WorkloadReader::share),
              each.tokens("input", ANSWER),
              each.tokens("output", ANSWER)));
    }
    return classes;
  }

  private static Double share(String text) {
    double share = Section.number(text.replaceFirst("%$", ""), 0);
    if (share <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return share;
  }
}
