package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param tokenizer {@code o200k_base}, {@code cl100k_base}, … or a path to a {@code tokenizer.json}
 * @param maxTokens upper bound of every answer, or null for what the source says
 * @param salted whether every prompt starts with a nonce of the run, so that no cache of an earlier
 *     run or step answers it
 * @param calibrate whether to correct prompt lengths by what the server counted
 * @param abandons users who give answers up; their shares add up to at most 1
 */
public record Workload(
    Source source,
    String tokenizer,
    @Nullable Integer maxTokens,
    boolean salted,
    boolean calibrate,
    List<Abandon> abandons) {

  public Workload {
    abandons = List.copyOf(abandons);
  }

  /** Where prompts come from. */
  public sealed interface Source {

    /** Whether its rows have instants that a replay can follow. */
    default boolean timed() {
      return false;
    }
  }

  /** Generated prompts of the classes' lengths. */
  public record Synthetic(List<RequestClass> classes) implements Source {
    public Synthetic {
      classes = List.copyOf(classes);
    }
  }

  /**
   * One kind of request in a mix.
   *
   * @param share relative weight, above 0
   * @param inputTokens distribution of prompt lengths
   * @param outputTokens distribution of max_tokens
   */
  public record RequestClass(
      String name, double share, Distribution inputTokens, Distribution outputTokens) {}

  /**
   * Lengths, and shared prefixes where the trace has them, of a production trace, in its order,
   * round and round.
   *
   * @param limit rows to use from the start, 0: all
   * @param maxInputTokens rows with longer prompts are left out and counted, 0: none are
   */
  public record Trace(Path file, TraceFormat format, int limit, int maxInputTokens)
      implements Source {
    @Override
    public boolean timed() {
      return true;
    }
  }

  /** The traces that are read. */
  public enum TraceFormat {
    AZURE("azure"),
    MOONCAKE("mooncake");

    private final String key;

    TraceFormat(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** A JSONL file, one OpenAI-style request with {@code messages} a line. */
  public record Messages(Path file) implements Source {}
}
