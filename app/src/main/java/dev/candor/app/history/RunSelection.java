package dev.candor.app.history;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.record.history.CataloguedRun;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a history are meant.
 *
 * @param scenario its name, null: any
 * @param tags all of which a run must have
 * @param last how many of the latest, null: all
 */
public record RunSelection(@Nullable String scenario, List<String> tags, @Nullable Integer last) {

  /**
   * Those of {@code runs}, in their order.
   *
   * @throws CandorException where no run is of the scenario or has a tag, with the nearest that is
   *     known
   */
  public List<CataloguedRun> of(List<CataloguedRun> runs) {
    if (scenario != null) {
      known("--scenario", scenario, runs.stream().map(CataloguedRun::scenario));
    }
    for (String tag : tags) {
      known("--tag", tag, runs.stream().flatMap(run -> run.tags().stream()));
    }
    List<CataloguedRun> chosen =
        runs.stream()
            .filter(run -> scenario == null || run.scenario().equals(scenario))
            .filter(run -> run.tags().containsAll(tags))
            .toList();
    return last == null ? chosen : chosen.subList(Math.max(0, chosen.size() - last), chosen.size());
  }

  private static void known(String flag, String found, Stream<String> names) {
    TreeSet<String> all = new TreeSet<>(names.toList());
    if (!all.contains(found)) {
      throw CandorException.user(
          all.isEmpty()
              ? "%s: found %s, and no run in the history has any".formatted(flag, found)
              : "%s: found %s, which no run in the history has; %s"
                  .formatted(flag, found, Suggestion.of(found, all)));
    }
  }
}
