package dev.candor.workload;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A source of sessions ready for use.
 *
 * @param notes what a reader of the figures must know: rows left out, for instance
 * @param templateTokens takes the tokens by which generated prompts are to be shortened
 * @param primers prompts that leave in a server's cache what the sessions share with each other;
 *     empty where they share nothing
 */
public record OpenedSource(
    SessionSource source,
    List<String> notes,
    IntConsumer templateTokens,
    Supplier<List<Prompt>> primers) {
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
