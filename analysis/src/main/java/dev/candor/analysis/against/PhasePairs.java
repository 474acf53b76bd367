package dev.candor.analysis.against;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which phase is which: by name, the k-th of a name with the k-th of it; of those left over, by
 * their place among all phases.
 *
 * @param renamed pairs that have different names, a line each
 */
record PhasePairs(
    List<Both> both, List<String> onlyMeasured, List<String> onlyPredicted, List<String> renamed) {

  record Both(JsonNode measured, JsonNode predicted) {}

  static String name(JsonNode phase) {
    return phase.path("name").stringValue("");
  }

  static PhasePairs of(List<JsonNode> measured, List<JsonNode> predicted) {
    int[] partner = new int[measured.size()];
    boolean[] taken = new boolean[predicted.size()];
    for (int i = 0; i < partner.length; i++) {
      partner[i] = firstOfName(name(measured.get(i)), predicted, taken);
      if (partner[i] >= 0) {
        taken[partner[i]] = true;
      }
    }
    List<String> renamed = new ArrayList<>();
    for (int i = 0; i < Math.min(partner.length, taken.length); i++) {
      if (partner[i] < 0 && !taken[i]) {
        partner[i] = i;
        taken[i] = true;
        renamed.add(
            "phase %d is '%s' as measured and '%s' as simulated"
                .formatted(i + 1, name(measured.get(i)), name(predicted.get(i))));
      }
    }
    List<Both> both = new ArrayList<>();
    List<String> onlyMeasured = new ArrayList<>();
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] < 0) {
        onlyMeasured.add(name(measured.get(i)));
      } else {
        both.add(new Both(measured.get(i), predicted.get(partner[i])));
      }
    }
    List<String> onlyPredicted = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        onlyPredicted.add(name(predicted.get(i)));
      }
    }
    return new PhasePairs(both, onlyMeasured, onlyPredicted, renamed);
  }

  private static int firstOfName(String name, List<JsonNode> phases, boolean[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i] && name(phases.get(i)).equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
