package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.scrub.LabelledLines.Label;
import dev.candor.scrub.LabelledLines.Line;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Precision and recall by kind on labelled lines; the table goes to docs/scrubbing.md. */
final class AccuracyTest {
  private static final Seed SEED = new Seed(20261128);

  private final Scrubber scrubber =
      new Scrubber(ScrubRules.builtIn(), "0123456789abcdef".getBytes(UTF_8));

  /** What was counted of a kind. */
  private static final class Score {
    int values;
    int covered;
    int ofItsKind;
    int findings;
    int right;

    double recall() {
      return (double) covered / values;
    }

    double precision() {
      return findings == 0 ? 1 : (double) right / findings;
    }
  }

  @Test
  void find_labelledLines_reachesTheFloors() {
    List<Line> lines = LabelledLines.of(SEED);
    assertThat(lines).hasSizeGreaterThan(1000);
    Map<Kind, Score> scores = scored("drawn", lines);
    scores.forEach(
        (kind, score) -> {
          assertThat(score.values).describedAs(kind.label()).isGreaterThanOrEqualTo(50);
          assertThat(score.recall())
              .describedAs("recall of " + kind.label())
              .isGreaterThanOrEqualTo(kind == Kind.NAME ? 0.87 : 0.97);
          assertThat(score.precision())
              .describedAs("precision of " + kind.label())
              .isGreaterThanOrEqualTo(0.97);
        });
    assertThat(scores).hasSize(Kind.values().length);
  }

  @Test
  void find_unseenLines_reachesItsFloor() {
    Map<Kind, Score> scores = scored("written by hand", UnseenLines.read());
    int values = scores.values().stream().mapToInt(score -> score.values).sum();
    int covered = scores.values().stream().mapToInt(score -> score.covered).sum();
    assertThat((double) covered / values).isGreaterThanOrEqualTo(0.62);
  }

  private Map<Kind, Score> scored(String name, List<Line> lines) {
    Map<Kind, Score> scores = new EnumMap<>(Kind.class);
    int wrong = 0;
    int harmless = 0;
    for (Line line : lines) {
      List<Finding> findings = scrubber.find(line.text());
      score(line, findings, scores);
      if (line.labels().isEmpty()) {
        harmless++;
        wrong += findings.isEmpty() ? 0 : 1;
      }
    }
    System.out.printf(
        "%s: %d lines, %d of them harmless, %d of these with a finding%n",
        name, lines.size(), harmless, wrong);
    System.out.println("| kind | values | recall | of its kind | findings | precision |");
    scores.forEach(
        (kind, score) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %d | %.3f |%n",
                kind.label(),
                score.values,
                score.recall(),
                (double) score.ofItsKind / score.values,
                score.findings,
                score.precision()));
    return scores;
  }

  private void score(Line line, List<Finding> findings, Map<Kind, Score> scores) {
    for (Label label : line.labels()) {
      Score score = scores.computeIfAbsent(label.kind(), each -> new Score());
      score.values++;
      boolean covered =
          findings.stream()
              .anyMatch(each -> each.start() <= label.start() && each.end() >= label.end());
      boolean same =
          findings.stream()
              .anyMatch(
                  each ->
                      each.kind().equals(label.kind().label())
                          && each.start() < label.end()
                          && each.end() > label.start());
      score.covered += covered ? 1 : 0;
      score.ofItsKind += same ? 1 : 0;
      if (!covered) {
        show("MISSED " + label.kind().label(), line, findings);
      }
    }
    for (Finding finding : findings) {
      Score score = scores.computeIfAbsent(Kind.ofLabel(finding.kind()), each -> new Score());
      score.findings++;
      boolean right =
          line.labels().stream()
              .anyMatch(each -> finding.start() < each.end() && finding.end() > each.start());
      score.right += right ? 1 : 0;
      if (!right) {
        show("FALSE " + finding.kind(), line, List.of(finding));
      }
    }
  }

  private static void show(String what, Line line, List<Finding> findings) {
    if (Boolean.getBoolean("candor.scrub.show")) {
      System.out.println(
          what
              + ": "
              + line.text().replace("\n", "\\n")
              + " "
              + findings.stream()
                  .map(each -> each.kind() + "=" + line.text().substring(each.start(), each.end()))
                  .toList());
    }
  }
}
