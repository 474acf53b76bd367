package dev.candor.workload;

import dev.candor.workload.arrival.RowTimes;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source of sessions ready for use.
 *
 * @param notes what a reader of the figures must know: rows left out, for instance
 * @param templateTokens takes the tokens by which generated prompts are to be shortened
 * @param primers what to send ahead of a run on a warm cache
 * @param times when the rows of its trace came, null where it has none or they were not asked for
 */
public record OpenedSource(
    SessionSource source,
    List<String> notes,
    IntConsumer templateTokens,
    Supplier<Primers> primers,
    @Nullable RowTimes times) {

  /** One whose requests never came at any time. */
  OpenedSource(
      SessionSource source,
      List<String> notes,
      IntConsumer templateTokens,
      Supplier<Primers> primers) {
    this(source, notes, templateTokens, primers, null);
  }

  public OpenedSource {
    notes = List.copyOf(notes);
  }

  /**
   * Shortens generated prompts by what the server's chat template adds; at least one token stays.
   */
  public void subtractTemplateTokens(int tokens) {
    templateTokens.accept(tokens);
  }
}
