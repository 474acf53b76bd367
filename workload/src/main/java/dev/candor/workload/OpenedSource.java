package dev.candor.workload;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * A source of sessions ready for use.
 *
 * @param notes what a reader of the figures must know: rows left out, for instance
 * @param templateTokens takes the tokens by which generated prompts are to be shortened
 */
public record OpenedSource(SessionSource source, List<String> notes, IntConsumer templateTokens) {
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
