package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code workload} section. */
final class WorkloadReader {
  /** The sources whose sessions have rules. */
  private static final List<String> GENERATED = List.of("mix", "preset");

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
    String tokenizer =
        section.read(
            "tokenizer",
            "o200k_base",
            text ->
                text.endsWith(".json") || (files.within() != null && text.contains("/"))
                    ? files.any(text).toString()
                    : text);
    Workload workload =
        new Workload(
            source(section),
            tokenizer,
            maxTokens != null
                ? new FlagReader(problems)
                    .<@Nullable Integer>read("--max-tokens", maxTokens, null, WorkloadReader::count)
                : section.<@Nullable Integer>read("max_tokens", null, WorkloadReader::count),
            section.read("salt", SaltScope.RUN, WorkloadReader::salt),
            section.bool("calibrate", false),
            new AbandonReader(problems).read(section));
    return new CacheReader(problems).read(section, workload);
  }

  private static Integer count(String text) {
    return (int) Section.wholeNumber(text, 1, Integer.MAX_VALUE);
  }

  private static SaltScope salt(String text) {
    if (text.equals("true")) {
      return SaltScope.RUN;
    }
    for (SaltScope scope : SaltScope.values()) {
      if (scope.key().equals(text)) {
        return scope;
      }
    }
    throw CandorException.user(
        "found '%s', must be run (or true), session, request or false".formatted(text));
  }

  private Workload.Source source(Section section) {
    List<String> given =
        List.of(
                section.has("preset") && !section.has("mix") ? "preset" : "mix",
                "trace",
                "messages",
                "corpus")
            .stream()
            .filter(section::has)
            .toList();
    if (given.size() > 1) {
      section.problem(
          given.get(1), "stands beside %s; keep one of them".formatted(given.getFirst()));
    }
    if (section.has("sessions") && !given.isEmpty() && !GENERATED.contains(given.getLast())) {
      section.problem(
          "sessions",
          "stands beside %s, %s; it goes with mix or preset"
              .formatted(
                  given.getLast(),
                  given.getLast().equals("corpus")
                      ? "which has sessions of its own"
                      : "each of whose requests is for itself"));
    }
    if (section.has("trace")) {
      return trace(new Section(section.get("trace"), problems, Keys.TRACE));
    }
    if (section.has("messages")) {
      Section messages = new Section(section.get("messages"), problems, Keys.MESSAGES);
      return new Workload.Messages(file(messages));
    }
    if (section.has("corpus")) {
      return corpus(new Section(section.get("corpus"), problems, Keys.CORPUS));
    }
    return new MixReader(problems).read(section);
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

  private Workload.Corpus corpus(Section section) {
    return new Workload.Corpus(
        file(section),
        section.integer("limit", 0, 0),
        section.integer("max_input", 0, 0),
        section.read("answers", false, WorkloadReader::realAnswers));
  }

  private static Boolean realAnswers(String text) {
    return switch (text) {
      case "real" -> true;
      case "recorded" -> false;
      default -> throw CandorException.user("found '%s', must be real or recorded".formatted(text));
    };
  }

  private static Workload.TraceFormat format(String text) {
    for (Workload.TraceFormat format : Workload.TraceFormat.values()) {
      if (format.key().equals(text)) {
        return format;
      }
    }
    throw CandorException.user("found '%s', must be azure or mooncake".formatted(text));
  }
}
