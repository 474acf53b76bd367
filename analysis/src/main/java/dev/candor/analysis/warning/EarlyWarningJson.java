package dev.candor.analysis.warning;

import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.analysis.warning.EarlyWarning.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code early_warning} of summary.json, with the keys of docs/metrics.md. */
public final class EarlyWarningJson {
  private EarlyWarningJson() {}

  public static Map<String, @Nullable Object> members(EarlyWarning warning) {
    Row best = warning.best();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("alert_on", best == null ? null : best.signal().key());
    members.put("alert_at", best == null ? null : best.alertAt());
    members.put("advice", warning.sentence());
    members.put("troubles", warning.troubles().stream().map(EarlyWarningJson::trouble).toList());
    members.put("signals", warning.signals().stream().map(EarlyWarningJson::row).toList());
    return members;
  }

  private static Map<String, @Nullable Object> trouble(Trouble trouble) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", trouble.name());
    members.put("start_s", trouble.startS());
    members.put("first_miss_s", trouble.firstMissS());
    members.put("missed_s", trouble.missedS());
    members.put("first_error_s", trouble.firstErrorS());
    return members;
  }

  private static Map<String, @Nullable Object> row(Row row) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("signal", row.signal().key());
    members.put("good", row.good());
    members.put("level", row.level());
    members.put("onset_s", row.onsetS());
    members.put("onsets", row.onsets());
    members.put("lead_to_first_miss", lead(row.toFirstMiss()));
    members.put("lead_to_missed", lead(row.toMissed()));
    members.put("lead_to_first_error", lead(row.toFirstError()));
    members.put("alert_at", row.alertAt());
    return members;
  }

  private static @Nullable Map<String, Object> lead(@Nullable Lead lead) {
    if (lead == null) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("median", lead.median());
    members.put("least", lead.least());
    return members;
  }
}
