package dev.candor.scrub;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scrub.AllowList.AllowedPattern;
import dev.candor.scrub.OwnRule.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a user's rules from YAML: {@code rules}, {@code allow}, {@code disable}. */
public final class ScrubRulesFile {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a file of scrubbing rules", "disable: [name]");

  private ScrubRulesFile() {}

  /**
   * Reads {@code file}.
   *
   * @throws CandorException with every mistake found, a line each, with file, line, column and key
   */
  public static ScrubRules read(Path file) {
    Problems problems = new Problems();
    Section root =
        new Section(
            YamlFile.read(file, PURPOSE, problems), problems, List.of("rules", "allow", "disable"));
    List<OwnRule> own = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value item : root.items("rules", "rules")) {
      ownRule(new Section(item, problems, List.of("name", "pattern", "replace")), names, own);
    }
    AllowList allowed = allowList(root.items("allow", "values and patterns"), problems);
    Set<Kind> disabled = EnumSet.noneOf(Kind.class);
    for (Value item : root.items("disable", "kinds")) {
      try {
        disabled.add(Kind.ofLabel(item.text()));
      } catch (CandorException e) {
        problems.add(item.where(), String.valueOf(e.getMessage()));
      }
    }
    problems.throwIfAny();
    return new ScrubRules(disabled, own, allowed);
  }

  private static void ownRule(Section section, Set<String> names, List<OwnRule> own) {
    String name = section.read("name", "", ScrubRulesFile::name);
    if (!section.has("name")) {
      section.problem("name", "name: is missing; a rule needs one, for reports");
    } else if (!name.isEmpty() && !names.add(name)) {
      section.problem("name", "found '%s' a second time; names must differ".formatted(name));
    }
    Replacement replacement =
        section.read("replace", Replacement.PSEUDONYM, ScrubRulesFile::replacement);
    if (!section.has("pattern")) {
      section.problem("pattern", "pattern: is missing; a rule needs a regular expression");
      return;
    }
    section.read(
        "pattern",
        "",
        text -> {
          Pattern pattern = pattern(text);
          Value value = section.get("pattern");
          own.add(new OwnRule(name, pattern, replacement, value == null ? "" : value.where()));
          return text;
        });
  }

  private static String name(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
      throw CandorException.user(
          "found '%s', must be at most 40 letters, digits, '-' and '_'".formatted(text));
    }
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(text)) {
        throw CandorException.user(
            "found '%s', which is a built-in kind; choose another name".formatted(text));
      }
    }
    return text;
  }

  private static Replacement replacement(String text) {
    for (Replacement each : Replacement.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    List<String> known =
        Arrays.stream(Replacement.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    throw CandorException.user("found '%s'; %s".formatted(text, Suggestion.of(text, known)));
  }

  private static Pattern pattern(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.matcher("").find()) {
        throw CandorException.user(
            "found '%s', which matches nothing at all, everywhere; it must match at least a character"
                .formatted(text));
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw CandorException.user(
          "found '%s', which is no regular expression: %s at its character %d"
              .formatted(text, e.getDescription(), e.getIndex() + 1));
    }
  }

  private static AllowList allowList(List<Value> items, Problems problems) {
    Set<String> values = new HashSet<>();
    List<AllowedPattern> patterns = new ArrayList<>();
    for (Value item : items) {
      if (item.map() != null) {
        Section section = new Section(item, problems, List.of("pattern"));
        section.read(
            "pattern",
            "",
            text -> {
              patterns.add(new AllowedPattern(pattern(text), item.where()));
              return text;
            });
      } else if (item.text().isBlank()) {
        problems.add(
            item.where(),
            "found %s, must be a value or {pattern: …}".formatted(Section.kind(item)));
      } else {
        values.add(item.text().toLowerCase(Locale.ROOT));
      }
    }
    return new AllowList(values, patterns);
  }
}
