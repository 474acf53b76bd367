package dev.candor.app.history;

import dev.candor.base.error.CandorException;
import dev.candor.record.history.CataloguedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The run that a new one is held against. */
public final class Baseline {
  /** In place of a tag: the tags of the new run itself. */
  public static final String LAST = "last";

  private Baseline() {}

  /**
   * The last run of the same scenario that passed, has the tags and still has its directory.
   *
   * @param asked a tag, or {@link #LAST}
   * @param byName whether the same name is enough, whatever the settings
   * @throws CandorException where there is none, with the reason
   */
  public static CataloguedRun of(
      List<CataloguedRun> runs, CataloguedRun fresh, String asked, boolean byName) {
    List<String> tags = asked.equals(LAST) ? fresh.tags() : List.of(asked);
    List<CataloguedRun> named =
        runs.stream()
            .filter(run -> run.scenario().equals(fresh.scenario()))
            .filter(run -> !run.directory().equals(fresh.directory()))
            .toList();
    List<CataloguedRun> same =
        named.stream()
            .filter(run -> byName || run.scenarioHash().equals(fresh.scenarioHash()))
            .toList();
    List<CataloguedRun> tagged = same.stream().filter(run -> run.tags().containsAll(tags)).toList();
    List<CataloguedRun> good = tagged.stream().filter(run -> run.verdict().equals("pass")).toList();
    return good.stream()
        .filter(run -> Files.isDirectory(Path.of(run.directory())))
        .reduce((_, later) -> later)
        .orElseThrow(
            () ->
                CandorException.user(
                    "--baseline %s: no run of '%s' to compare with: %s"
                        .formatted(
                            asked, fresh.scenario(), reason(named, same, tagged, good, tags))));
  }

  private static String reason(
      List<CataloguedRun> named,
      List<CataloguedRun> same,
      List<CataloguedRun> tagged,
      List<CataloguedRun> good,
      List<String> tags) {
    if (named.isEmpty()) {
      return "the history has none; candor history add RUN adds one";
    }
    if (same.isEmpty()) {
      return "the %d in the history had other settings (candor compare says which; --by-name compares with them all the same)"
          .formatted(named.size());
    }
    if (tagged.isEmpty()) {
      return "none of the %d has the tags %s".formatted(same.size(), String.join(", ", tags));
    }
    if (good.isEmpty()) {
      return "none of the %d passed".formatted(tagged.size());
    }
    return "the directories of the %d that passed are gone; the last was %s"
        .formatted(good.size(), good.getLast().directory());
  }
}
