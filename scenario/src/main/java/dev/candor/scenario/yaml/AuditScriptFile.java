package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.AuditScript;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads the scripts of {@code candor audit}. */
public final class AuditScriptFile {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("an audit's script", "acts: [{name: baseline, for: 10s}]");

  private static final String BUILT_IN = "audit.yaml";

  private final FileNames files;
  private final Problems problems;
  private final Set<String> names = new HashSet<>();

  private AuditScriptFile(FileNames files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * Reads {@code file}. Files that it names are found relative to it.
   *
   * @throws CandorException with every mistake found, a line each, with file, line, column and key
   */
  public static AuditScript read(Path file) {
    Problems problems = new Problems();
    Value root = YamlFile.read(file, PURPOSE, problems);
    return new AuditScriptFile(FileNames.beside(file, true), problems).script(root);
  }

  /** The script that is carried out where none is given. */
  public static AuditScript builtIn() {
    try (InputStream in =
        Objects.requireNonNull(AuditScriptFile.class.getResourceAsStream(BUILT_IN))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Problems problems = new Problems();
      Value root = YamlFile.parse(BUILT_IN, text, PURPOSE, problems);
      return new AuditScriptFile(FileNames.beside(Path.of(BUILT_IN), true), problems).script(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AuditScript script(Value root) {
    Section section = new Section(root, problems, Keys.AUDIT);
    MockSettings service = new MockReader(files, problems).read(section.get("mock"));
    if (!service.faults().isEmpty()) {
      problems.add(
          Objects.requireNonNull(section.get("mock")).where() + ".faults",
          "stand outside of the acts; give them to an act, whose time they have");
    }
    int replicas =
        service.times() instanceof MockSettings.Times.Simulated simulated
            ? simulated.engine().replicas()
            : 1;
    List<Act> acts = new ArrayList<>();
    for (Value item : section.items("acts", "acts")) {
      acts.add(act(item, replicas));
    }
    if (acts.isEmpty() && problems.isEmpty()) {
      problems.add(root.where(), "needs acts, such as " + PURPOSE.example());
    }
    problems.throwIfAny();
    return new AuditScript(service, acts);
  }

  private Act act(Value item, int replicas) {
    Section section = new Section(item, problems, Keys.ACT);
    String name = section.text("name", "act " + (names.size() + 1));
    if (!names.add(name)) {
      section.problem("name", "found '%s' a second time; each act has its own".formatted(name));
    }
    if (!section.has("for") && item.map() != null) {
      problems.add(section.where(), "needs its length, such as for: 10s");
    }
    long lastsNanos = section.read("for", 1L, Section::positiveNanos);
    List<FaultRule> faults = new ArrayList<>();
    for (Value fault : section.items("faults", "faults")) {
      for (FaultRule rule : new FaultRuleReader(problems, replicas).read(List.of(fault))) {
        if (section.has("for") && rule.window().fromNanos() >= lastsNanos) {
          problems.add(
              fault.where(),
              "begins at %s, when its act is over after %s"
                  .formatted(
                      QuantityText.nanos(rule.window().fromNanos()),
                      QuantityText.nanos(lastsNanos)));
        }
        faults.add(rule);
      }
    }
    return new Act(name, lastsNanos, faults);
  }
}
