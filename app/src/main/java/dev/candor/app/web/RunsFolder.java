package dev.candor.app.web;

import dev.candor.record.RunDirectory;
import dev.candor.record.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directories of runs in a data folder: those in its runs/, and those that lie in it. */
record RunsFolder(DataFolder data) {

  /** All of them by name. Of two of a name the one in runs/ is meant. */
  Map<String, RunDirectory> all() {
    Map<String, RunDirectory> all = new LinkedHashMap<>();
    for (Path folder : List.of(data.runs(), data.root())) {
      for (Path each : directories(folder)) {
        RunDirectory run = run(each);
        if (run != null) {
          var _ = all.putIfAbsent(String.valueOf(each.getFileName()), run);
        }
      }
    }
    return all;
  }

  /** The run of that name, null where there is none. */
  @Nullable RunDirectory find(String id) {
    if (!DataFolder.isName(id)) {
      return null;
    }
    RunDirectory run = run(data.runs().resolve(id));
    return run == null ? run(data.root().resolve(id)) : run;
  }

  /**
   * The run of that name.
   *
   * @throws dev.candor.app.web.http.Refusal where there is none
   */
  RunDirectory get(String id) {
    RunDirectory run = find(id);
    if (run == null) {
      throw DataFolder.nothing("run");
    }
    return run;
  }

  private @Nullable RunDirectory run(Path path) {
    Path real = data.inside(path);
    if (real == null || !Files.isDirectory(real) || leadsOut(real)) {
      return null;
    }
    RunDirectory run = new RunDirectory(real);
    return Files.isRegularFile(run.runJson())
            || run.isUnfinished()
            || (Files.isRegularFile(run.scenarioYaml()) && RunLock.isHeld(run))
        ? run
        : null;
  }

  /** Whether a file of the run is a link to one outside: whatever reads the run would read that. */
  private boolean leadsOut(Path run) {
    try (Stream<Path> files = Files.list(run)) {
      return files.anyMatch(file -> Files.isSymbolicLink(file) && data.inside(file) == null);
    } catch (IOException e) {
      return true;
    }
  }

  private static List<Path> directories(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> DataFolder.isName(String.valueOf(each.getFileName())))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      // There may be none, and what cannot be read is not shown.
      return List.of();
    }
  }
}
