package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.Distribution.Uniform;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code workload.mix}, {@code preset} and {@code sessions}: generated sessions. */
final class MixReader {
  static final Distribution ANSWER = new Uniform(100, 200);

  /** Short, medium and long prompts, half, a third and a sixth of the requests. */
  private static final List<RequestClass> DEFAULT_MIX =
      List.of(
          new RequestClass("short", 50, new Uniform(50, 100), ANSWER),
          new RequestClass("medium", 35, new Uniform(500, 1000), ANSWER),
          new RequestClass("long", 15, new Uniform(2000, 4000), ANSWER));

  private final Problems problems;

  MixReader(Problems problems) {
    this.problems = problems;
  }

  Workload.Synthetic read(Section workload) {
    Section preset =
        workload.<@Nullable Section>read("preset", null, name -> Presets.open(name, problems));
    SessionsReader sessions = new SessionsReader(problems);
    List<RequestClass> classes = DEFAULT_MIX;
    SessionRules rules = SessionRules.DEFAULT;
    if (preset != null) {
      classes = classes(preset);
      rules = sessions.read(preset, rules);
    }
    if (workload.has("mix")) {
      classes = classes(workload);
    }
    if (workload.has("sessions") && classes.stream().allMatch(each -> each.turns() == null)) {
      workload.problem(
          "sessions", "no class has turns: each of their sessions is a single request");
    }
    return new Workload.Synthetic(classes, sessions.read(workload, rules));
  }

  private List<RequestClass> classes(Section section) {
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
      classes.add(requestClass(name, each));
    }
    return classes;
  }

  private RequestClass requestClass(String name, Section each) {
    if (!each.has("input")) {
      problems.add(each.where(), "needs an input, such as uniform(50, 100)");
    }
    Distribution input = each.tokens("input", ANSWER);
    return new RequestClass(
        name,
        each.read("share", 1.0, MixReader::share),
        input,
        each.tokens("output", ANSWER),
        each.read("correlation", 0.0, MixReader::correlation),
        new ContextReader(problems).read(each),
        new TurnsReader(problems).read(each, input));
  }

  private static Double share(String text) {
    double share = Section.number(text.replaceFirst("%$", ""), 0);
    if (share <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return share;
  }

  private static Double correlation(String text) {
    double correlation = Section.number(text, -Double.MAX_VALUE);
    if (!(Math.abs(correlation) < 1)) {
      throw CandorException.user("found %s, must be between -1 and 1".formatted(text));
    }
    return correlation;
  }
}
