package dev.candor.workload;

import dev.candor.workload.arrival.RowTimes;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A prompt source ready for use.
 *
 * @param notes what a reader of the figures must know: rows left out, for instance
 * @param templateTokens takes the tokens by which generated prompts are to be shortened
 * @param times when the rows of its trace came, null where it has none or they were not asked for
 */
public record OpenedSource(
    PromptSource source, List<String> notes, IntConsumer templateTokens, @Nullable RowTimes times) {
  public OpenedSource {
    notes = List.copyOf(notes);
  }

  /** A source whose rows have no times. */
  public OpenedSource(PromptSource source, List<String> notes, IntConsumer templateTokens) {
    this(source, notes, templateTokens, null);
  }

  /**
   * Shortens generated prompts by what the server's chat template adds; at least one token stays.
   */
  public void subtractTemplateTokens(int tokens) {
    templateTokens.accept(tokens);
  }
}
