package dev.candor.analysis.foreign;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.RunAnalysis;
import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.TokenSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run's attempts on their way into the definitions of other tools: those of the measured phases
 * that came to their own end. For one thread.
 */
public final class OtherTools {
  private final RunInfo run;
  private final List<PhaseRecord> measured;
  private final Set<Integer> phases;
  private final OwnWords own;
  private final Map<OtherTool, Definition> definitions = new EnumMap<>(OtherTool.class);
  private final Map<OtherTool, Long> successful = new EnumMap<>(OtherTool.class);
  private final Set<TokenSource> sources = EnumSet.noneOf(TokenSource.class);
  private long attempts;
  private long ownSuccessful;
  private long cut;
  private long neverSent;
  private long whole;
  private long reused;

  /**
   * @param phase name of the one measured phase to look at, null for all of them together
   * @throws CandorException where no measured phase has that name
   */
  public OtherTools(RunInfo run, List<OtherTool> tools, @Nullable String phase) {
    this.run = run;
    List<PhaseRecord> all = RunAnalysis.measured(run.phases());
    measured = all.stream().filter(each -> phase == null || each.name().equals(phase)).toList();
    if (phase != null && measured.isEmpty()) {
      throw CandorException.user(
          "--phase: the run has no measured phase '%s'; it has %s"
              .formatted(
                  phase, all.stream().map(PhaseRecord::name).collect(Collectors.joining(", "))));
    }
    phases = measured.stream().map(PhaseRecord::index).collect(Collectors.toSet());
    own = new OwnWords(run, measured);
    tools.forEach(tool -> definitions.put(tool, tool.definition()));
  }

  /** Reads the run's attempts, and says of them what {@code tools} would; our own words first. */
  public static List<ToolReport> read(
      RunReader reader, List<OtherTool> tools, @Nullable String phase) {
    OtherTools all = new OtherTools(reader.info(), tools, phase);
    reader.requireTokens();
    reader.forEachAttempt(all::add);
    return all.reports();
  }

  /** Adds an attempt of the run, of whatever phase. */
  public void add(AttemptRecord a) {
    own.addInside(a);
    if (!phases.contains(a.phase())) {
      return;
    }
    switch (a.outcome()) {
      case UNFINISHED, CANCELLED, ABANDONED -> {
        neverSent += a.sent() == NONE ? 1 : 0;
        cut += a.sent() == NONE ? 0 : 1;
        return;
      }
      default -> {
        attempts++;
        sources.add(a.tokenSource());
        whole += a.outcome().success() && !Seen.hasTokenTimes(a) ? 1 : 0;
        reused += a.sent() != NONE && a.connectNanos() == NONE ? 1 : 0;
      }
    }
    ownSuccessful += own.add(a) ? 1 : 0;
    definitions.forEach(
        (tool, definition) -> successful.merge(tool, definition.add(a) ? 1L : 0L, Long::sum));
  }

  /** Our own words first, then the tools in the order of {@link OtherTool}. */
  public List<ToolReport> reports() {
    List<ToolReport> reports = new ArrayList<>();
    reports.add(OwnWords.report(own, run.version(), ownSuccessful, attempts - ownSuccessful));
    definitions.forEach(
        (tool, definition) -> {
          long good = successful.getOrDefault(tool, 0L);
          reports.add(
              new ToolReport(
                  tool.key(),
                  tool.title(),
                  tool.version(),
                  good,
                  attempts - good,
                  tool.columns(),
                  definition.figures(),
                  notes(tool)));
        });
    return reports;
  }

  private List<String> notes(OtherTool tool) {
    List<String> notes = new ArrayList<>();
    if (measured.size() > 1) {
      notes.add(
          "%d phases are taken together as one run, rates from the first start to the last end; --phase takes one"
              .formatted(measured.size()));
    }
    if (cut > 0) {
      notes.add(
          "%d requests that were cut off at the end, or given up by their users, are left out"
              .formatted(cut));
    }
    if (neverSent > 0) {
      notes.add("%d requests that were never sent are left out".formatted(neverSent));
    }
    if (whole > 0) {
      notes.add("%d answers were not streamed: they have no times of tokens".formatted(whole));
    }
    tokens(tool, notes);
    if (tool == OtherTool.LLMPERF && reused > 0) {
      notes.add(
          "LLMPerf opens a connection for every request; %d of these went over a kept one"
              .formatted(reused));
    }
    return notes;
  }

  /** Who counted the output tokens, where it is not whom the tool asks. */
  private void tokens(OtherTool tool, List<String> notes) {
    if (sources.isEmpty()) {
      return;
    }
    String counted =
        sources.stream().map(TokenSource::key).sorted().collect(Collectors.joining(" and "));
    switch (tool) {
      case VLLM, GUIDELLM -> {
        if (!sources.equals(EnumSet.of(TokenSource.USAGE))) {
          notes.add("output tokens are counted by %s here".formatted(counted));
        }
      }
      case AIPERF, INFERENCE_PERF, LLMPERF ->
          notes.add(
              "output tokens are counted by %s here, by %s by its own tokenizer of the answer's text"
                  .formatted(counted, tool.title()));
    }
  }
}
