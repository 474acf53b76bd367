package dev.candor.analysis.compare;

import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.Needed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** compare.json, with the keys of docs/compare.md. */
public final class CompareJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private CompareJson() {}

  public static String text(RunComparison comparison) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("base", comparison.base());
    root.put("level", comparison.options().level());
    root.put("least_effect", comparison.options().leastEffect());
    root.put("least_share", comparison.options().leastShare());
    root.put("tests", comparison.tests());
    root.put("between_runs", comparison.betweenRuns());
    root.put("warnings", comparison.warnings());
    Map<String, Object> counts = new LinkedHashMap<>();
    for (RunComparison.Verdict verdict : RunComparison.Verdict.values()) {
      counts.put(verdict.key(), comparison.count(verdict));
    }
    root.put("verdicts", counts);
    root.put("compared", comparison.sides().stream().map(CompareJson::side).toList());
    return JSON.writeValueAsString(root) + "\n";
  }

  private static Map<String, @Nullable Object> side(RunComparison.Side side) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("new", side.runs());
    members.put("differences", side.differences().stream().map(CompareJson::difference).toList());
    members.put("only_base", side.onlyBase());
    members.put("only_new", side.onlySide());
    members.put("phases", side.phases().stream().map(CompareJson::phase).toList());
    return members;
  }

  private static Map<String, @Nullable Object> phase(RunComparison.PhaseChanges phase) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", phase.name());
    members.put("shared_schedule", phase.sharedSchedule());
    members.put("metrics", phase.changes().stream().map(CompareJson::change).toList());
    return members;
  }

  private static Map<String, @Nullable Object> difference(RunComparison.Difference difference) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("key", difference.key());
    members.put("base", difference.base());
    members.put("new", difference.side());
    return members;
  }

  private static Map<String, @Nullable Object> change(Change change) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("metric", change.metric().key());
    members.put("base", change.base());
    members.put("new", change.side());
    members.put("change", change.change());
    Double low = change.low();
    Double high = change.high();
    members.put("interval", low == null || high == null ? null : List.of(low, high));
    members.put("p", change.p());
    members.put("verdict", change.verdict().key());
    members.put("base_samples", change.baseSamples());
    members.put("new_samples", change.sideSamples());
    Needed needed = change.needed();
    if (needed == null) {
      members.put("needed", null);
    } else {
      Map<String, @Nullable Object> more = new LinkedHashMap<>();
      more.put("times", needed.times());
      more.put("samples", needed.samples());
      more.put("runs", needed.runs());
      members.put("needed", more);
    }
    return members;
  }
}
