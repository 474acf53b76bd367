package dev.candor.app.web;

import dev.candor.analysis.compare.CompareJson;
import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedRun;
import dev.candor.analysis.compare.Comparing;
import dev.candor.app.web.RunFacts.State;
import dev.candor.app.web.http.Refusal;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs side by side, the first as the base. Safe for use by any thread; one comparison is made at a
 * time, as it reads all attempts of its runs.
 */
final class ComparedRuns {
  private static final int MOST = 8;
  private static final int MOST_KEPT = 16;

  private final RunsFolder runs;
  private final FactsReader facts;
  private final Semaphore one = new Semaphore(1);
  private final Map<List<RunFacts>, Map<String, @Nullable Object>> kept = new LinkedHashMap<>();

  ComparedRuns(RunsFolder runs, FactsReader facts) {
    this.runs = runs;
    this.facts = facts;
  }

  /**
   * Members of the answer.
   *
   * @throws Refusal where fewer than two are named, too many, or one that is not there
   */
  Map<String, @Nullable Object> of(List<String> ids) throws InterruptedException {
    if (ids.size() < 2 || ids.size() > MOST || ids.stream().distinct().count() < ids.size()) {
      throw Refusal.badRequest("run: name from 2 to %d different runs".formatted(MOST));
    }
    Map<String, RunDirectory> directories = new LinkedHashMap<>();
    ids.forEach(id -> directories.put(id, runs.get(id)));
    List<RunFacts> read =
        directories.entrySet().stream()
            .map(each -> facts.read(each.getKey(), each.getValue()))
            .toList();
    one.acquire();
    try {
      // Facts change with a run's summary: what was compared then is compared anew.
      Map<String, @Nullable Object> known = kept.get(read);
      if (known == null) {
        known = compare(read, directories);
        if (kept.size() >= MOST_KEPT) {
          kept.clear();
        }
        kept.put(read, known);
      }
      return known;
    } finally {
      one.release();
    }
  }

  private static Map<String, @Nullable Object> compare(
      List<RunFacts> read, Map<String, RunDirectory> directories) {
    Map<String, Path> finished = new LinkedHashMap<>();
    for (RunFacts run : read) {
      RunDirectory directory = directories.get(run.id());
      if (run.state() == State.FINISHED && directory != null) {
        finished.put(run.id(), directory.path());
      }
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("runs", read.stream().map(RunFacts::members).toList());
    members.put("figures", figures(read));
    judge(List.copyOf(directories.values()), finished.size(), members);
    members.put("series", RunSeries.of(finished));
    return members;
  }

  private static void judge(
      List<RunDirectory> runs, int finished, Map<String, @Nullable Object> members) {
    members.put("comparison", null);
    members.put("why_not", null);
    if (finished < runs.size()) {
      members.put("why_not", "not all of the runs are finished");
      return;
    }
    if (runs.size() > 2) {
      members.put(
          "why_not",
          "what is chance is told of two runs; take the others away, or use candor compare");
      return;
    }
    try {
      String text =
          CompareJson.text(
              Comparing.of(
                  List.of(ComparedRun.read(runs.getFirst())),
                  List.of(List.of(ComparedRun.read(runs.getLast()))),
                  CompareOptions.usual()));
      members.put("comparison", JsonMapper.shared().readTree(text));
    } catch (CandorException e) {
      members.put("why_not", e.getMessage());
    }
  }

  private static List<Map<String, @Nullable Object>> figures(List<RunFacts> runs) {
    TreeSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.figures().keySet()));
    String currency =
        runs.stream().map(RunFacts::currency).filter(each -> each != null).findFirst().orElse(null);
    List<Map<String, @Nullable Object>> figures = new ArrayList<>();
    for (String key : keys) {
      List<@Nullable Double> values = new ArrayList<>();
      runs.forEach(run -> values.add(run.figures().get(key)));
      figures.add(Json.members("key", key, "unit", FigureUnit.of(key, currency), "values", values));
    }
    return figures;
  }
}
