package dev.candor.app.cli;

import dev.candor.record.history.CataloguedRun;
import dev.candor.report.console.HistoryTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor history list}. */
@Command(name = "list", description = "The runs in the history, the oldest first.")
final class HistoryListCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Mixin final HistoryFlags flags = new HistoryFlags();

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    return list(flags, json);
  }

  static int list(HistoryFlags flags, boolean json) {
    List<CataloguedRun> runs = flags.open(flags::selected);
    System.out.print(
        json
            ? JSON.writeValueAsString(runs.stream().map(HistoryListCommand::members).toList())
                + "\n"
            : HistoryTable.of(runs));
    return ExitCode.OK;
  }

  /** A run, with the keys of docs/history.md. */
  static Map<String, @Nullable Object> members(CataloguedRun run) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("run", run.id());
    members.put("directory", run.directory());
    members.put("scenario", run.scenario());
    members.put("scenario_hash", run.scenarioHash());
    members.put("tags", run.tags());
    members.put("version", run.version());
    members.put("start", run.start().toString());
    members.put("verdict", run.verdict());
    members.put("commit", run.commit());
    return members;
  }
}
