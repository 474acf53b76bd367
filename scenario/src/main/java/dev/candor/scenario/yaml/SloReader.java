package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the {@code slo} section: a preset's name, targets, or targets per class. */
final class SloReader {
  private final Problems problems;
  private final Set<String> classNames;

  /**
   * @param classNames those of the workload's requests; empty where they come with its file
   */
  SloReader(Problems problems, Set<String> classNames) {
    this.problems = problems;
    this.classNames = new TreeSet<>(classNames);
  }

  Map<String, Slo> read(@Nullable Value value) {
    if (value == null) {
      return Map.of();
    }
    Map<String, Slo> slos = new LinkedHashMap<>();
    Value classes = value.map() == null ? null : value.map().get("classes");
    if (classes != null && classes.map() != null) {
      classes.map().forEach((name, each) -> slos.put(known(name, each), one(each)));
    } else if (classes != null) {
      problems.add(
          classes.where(),
          "found %s, must be targets by class such as {chat: copilot}"
              .formatted(Section.kind(classes)));
    }
    if (classes == null || (value.map() != null && value.map().size() > 1)) {
      slos.put(Scenario.EVERY_CLASS, one(value));
    }
    return slos;
  }

  private String known(String name, Value value) {
    if (!classNames.isEmpty() && !name.equals(Scenario.EVERY_CLASS) && !classNames.contains(name)) {
      problems.add(
          value.where(),
          "found '%s', no class of the workload; %s"
              .formatted(name, Suggestion.of(name, classNames)));
    }
    return name;
  }

  private Slo one(Value value) {
    if (value.isText()) {
      try {
        return preset(value.text());
      } catch (CandorException e) {
        problems.add(value.where(), String.valueOf(e.getMessage()));
        return Slo.NONE;
      }
    }
    Section section = new Section(value, problems, Keys.SLO);
    Slo base = section.read("preset", Slo.NONE, SloReader::preset);
    return new Slo(
        base.preset(),
        section.<@Nullable Long>read("ttft", base.ttftNanos(), Section::positiveNanos),
        section.<@Nullable Long>read("itl", base.itlNanos(), Section::positiveNanos),
        section.<@Nullable Long>read("tpot", base.tpotNanos(), Section::positiveNanos),
        section.<@Nullable Long>read("e2e", base.e2eNanos(), Section::positiveNanos),
        section.<@Nullable Long>read("max_gap", base.maxGapNanos(), Section::positiveNanos),
        section.<@Nullable Double>read(
            "output_tps_user", base.outputTpsUser(), text -> Section.number(text, 0)));
  }

  /** A flag's text: a preset or {@code ttft=500ms,itl=100ms}. */
  static Slo parse(String text) {
    if (!text.contains("=")) {
      return preset(text);
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.split("=", 2);
      if (sides.length != 2) {
        throw CandorException.user(
            "found '%s', must be a preset or targets such as ttft=500ms,itl=100ms".formatted(text));
      }
      entries.put(sides[0].trim(), new Value(sides[0].trim(), sides[1].trim()));
    }
    Problems problems = new Problems();
    Slo slo = new SloReader(problems, Set.of()).one(new Value("slo", entries));
    problems.throwIfAny();
    return slo;
  }

  private static Slo preset(String name) {
    Slo preset = Slo.PRESETS.get(name);
    if (preset == null) {
      throw CandorException.user(
          "found '%s', no preset; %s"
              .formatted(name, Suggestion.of(name, new TreeSet<>(Slo.PRESETS.keySet()))));
    }
    return preset;
  }
}
