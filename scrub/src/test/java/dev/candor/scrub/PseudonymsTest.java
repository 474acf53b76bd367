package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.scrub.LabelledLines.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PseudonymsTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

  private final Scrubber scrubber = new Scrubber(ScrubRules.builtIn(), KEY);
  private final List<Line> lines = LabelledLines.of(new Seed(7));

  @Test
  void remaining_scrubbedLines_isNothing() {
    List<String> left = new ArrayList<>();
    List<Line> all = new ArrayList<>(UnseenLines.read());
    for (int seed = 0; seed < 12; seed++) {
      all.addAll(LabelledLines.of(new Seed(seed)));
    }
    for (Line line : all) {
      String clean = scrubber.scrub(line.text());
      for (Finding finding : scrubber.remaining(clean)) {
        left.add(
            "%s: %s in %s from %s"
                .formatted(
                    finding.kind(),
                    clean.substring(finding.start(), finding.end()),
                    clean,
                    line.text()));
      }
    }
    assertThat(left).isEmpty();
  }

  @Test
  void scrub_everyFinding_isGone() {
    List<String> left = new ArrayList<>();
    for (Line line : lines) {
      String clean = scrubber.scrub(line.text());
      for (Finding finding : scrubber.find(line.text())) {
        String value = line.text().substring(finding.start(), finding.end());
        if (clean.contains(value)) {
          left.add(value + " in " + clean);
        }
      }
    }
    assertThat(left).isEmpty();
  }

  @Test
  void of_differentValues_areDifferent() {
    Map<Kind, Set<String>> values = new HashMap<>();
    Map<Kind, Set<String>> pseudonyms = new HashMap<>();
    Pseudonyms made = new Pseudonyms(KEY);
    for (Line line : lines) {
      line.labels()
          .forEach(
              label -> {
                if (label.kind() == Kind.BIRTH_DATE) {
                  return;
                }
                String value = line.text().substring(label.start(), label.end());
                values.computeIfAbsent(label.kind(), each -> new HashSet<>()).add(value);
                pseudonyms
                    .computeIfAbsent(label.kind(), each -> new HashSet<>())
                    .add(made.of(label.kind(), value));
              });
    }
    assertThat(values).hasSizeGreaterThan(10);
    values.forEach(
        (kind, each) ->
            assertThat(pseudonyms.get(kind)).describedAs(kind.label()).hasSameSizeAs(each));
  }
}
