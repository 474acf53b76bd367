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
 * @param salt which prompts share the nonce that they start with
 * @param calibrate whether to correct prompt lengths by what the server counted
 * @param abandons users who give answers up; their shares add up to at most 1
 * @param cache state of the server's prefix cache that is wanted, null: whatever it is
 */
public record Workload(
    Source source,
    String tokenizer,
    @Nullable Integer maxTokens,
    SaltScope salt,
    boolean calibrate,
    List<Abandon> abandons,
    @Nullable CachePlan cache) {

  public Workload {
    abandons = List.copyOf(abandons);
  }

  /** Of no wanted state of the cache. */
  public Workload(
      Source source,
      String tokenizer,
      @Nullable Integer maxTokens,
      SaltScope salt,
      boolean calibrate,
      List<Abandon> abandons) {
    this(source, tokenizer, maxTokens, salt, calibrate, abandons, null);
  }

  /** Whether its requests have no beginning of their own that others share, nor a history. */
  public boolean mayBeMixed() {
    return switch (source) {
      case Synthetic mix -> mix.classes().stream().allMatch(RequestClass::plain);
      case Trace ignored -> true;
      case Messages ignored -> false;
      case Corpus ignored -> false;
    };
  }

  /** The same in another state of the cache, with the salt that this means. */
  public Workload withCache(CachePlan plan) {
    return new Workload(source, tokenizer, maxTokens, plan.salt(), calibrate, abandons, plan);
  }

  /** Where prompts come from. */
  public sealed interface Source {

    /** Whether its rows have instants that a replay can follow. */
    default boolean timed() {
      return false;
    }
  }

  /** Generated sessions of the classes. */
  public record Synthetic(List<RequestClass> classes, SessionRules rules) implements Source {
    public Synthetic {
      classes = List.copyOf(classes);
    }

    /** Sessions by the default rules. */
    public Synthetic(List<RequestClass> classes) {
      this(classes, SessionRules.DEFAULT);
    }
  }

  /**
   * One kind of session in a mix.
   *
   * @param share relative weight, above 0
   * @param inputTokens distribution of the first message's own text
   * @param outputTokens distribution of max_tokens
   * @param correlation of the ranks of a message's length and its answer's (Spearman's rho)
   * @param turns null: a session is one request
   */
  public record RequestClass(
      String name,
      double share,
      Distribution inputTokens,
      Distribution outputTokens,
      double correlation,
      PromptContext context,
      @Nullable Turns turns) {

    /** A single request and nothing but its own text. */
    public RequestClass(
        String name, double share, Distribution inputTokens, Distribution outputTokens) {
      this(name, share, inputTokens, outputTokens, 0, PromptContext.NONE, null);
    }

    /** Whether it is no more than two independent lengths. */
    public boolean plain() {
      return correlation == 0 && context.equals(PromptContext.NONE) && turns == null;
    }
  }

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

  /**
   * The sessions of a corpus file, in its order, round and round: its texts where it has them, else
   * generated ones of its lengths and shared beginnings.
   *
   * @param limit sessions are taken from the start until they have so many requests, 0: all
   * @param maxInputTokens a session ends before its first longer prompt, 0: none does
   * @param realAnswers whether later turns carry on what the server said, in place of what is
   *     recorded
   */
  public record Corpus(Path file, int limit, int maxInputTokens, boolean realAnswers)
      implements Source {
    @Override
    public boolean timed() {
      return true;
    }
  }
}
