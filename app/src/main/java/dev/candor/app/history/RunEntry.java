package dev.candor.app.history;

import dev.candor.analysis.against.RunSide;
import dev.candor.analysis.compare.ScenarioKeys;
import dev.candor.analysis.history.SummaryFigures;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunReader;
import dev.candor.record.history.CataloguedRun;
import dev.candor.record.history.CataloguedRun.Figure;
import dev.candor.record.history.History;
import dev.candor.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What of a run goes into the history.
 *
 * @param run without a number
 */
public record RunEntry(CataloguedRun run, List<Figure> figures) {
  private static final int HASH_CHARACTERS = 16;

  /** Where the runners of CI put the commit that they test. */
  private static final List<String> COMMITS = List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT");

  /**
   * Of the run in {@code directory}.
   *
   * @param tags beside those of its scenario
   * @throws CandorException where it is no finished run, or has no summary
   */
  public static RunEntry of(
      RunDirectory directory, List<String> tags, UnaryOperator<@Nullable String> environment) {
    RunSide side = RunSide.read(directory);
    Set<String> all = new LinkedHashSet<>(side.scenario().tags());
    all.addAll(tags);
    try (RunReader reader = RunReader.open(directory.path())) {
      return new RunEntry(
          new CataloguedRun(
              0,
              directory.path().toAbsolutePath().normalize().toString(),
              side.scenario().name(),
              hash(side.scenario()),
              List.copyOf(all),
              reader.info().version(),
              reader.info().start(),
              side.summary().path("verdict").stringValue("unknown"),
              commit(environment)),
          SummaryFigures.of(side.summary()));
    }
  }

  /** Adds it to the history in {@code file}. */
  public CataloguedRun addTo(Path file) {
    try (History history = History.open(file, RunEntry::tell)) {
      return history.add(run, figures);
    }
  }

  static void tell(String message) {
    System.err.println("candor: " + message);
  }

  private static @Nullable String commit(UnaryOperator<@Nullable String> environment) {
    return COMMITS.stream()
        .map(environment)
        .filter(commit -> commit != null && !commit.isBlank())
        .findFirst()
        .orElse(null);
  }

  /** The same for scenarios that differ in their seed, tags, thresholds and output alone. */
  static String hash(Scenario scenario) {
    StringBuilder text = new StringBuilder();
    ScenarioKeys.of(scenario).forEach((key, value) -> text.append(key + "=" + value + "\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new CandorException(ErrorCode.INTERNAL, "no SHA-256 in this Java", e);
    }
  }
}
