package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import dev.candor.token.Tokenizer;
import dev.candor.workload.arrival.RowTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the source of sessions that a scenario names. */
public final class PromptSources {
  private PromptSources() {}

  /**
   * Opens it.
   *
   * @param seed of all generated text and draws
   * @param runNonce differs from run to run; salts are made of it
   * @throws dev.candor.base.error.CandorException where a file is missing or wrong, with its line
   */
  public static OpenedSource open(
      Workload workload, Tokenizer tokenizer, Seed seed, long runNonce) {
    return open(workload, tokenizer, seed, runNonce, false);
  }

  /**
   * As above.
   *
   * @param timed whether a step replays its rows' instants
   */
  public static OpenedSource open(
      Workload workload, Tokenizer tokenizer, Seed seed, long runNonce, boolean timed) {
    List<String> notes = new ArrayList<>();
    Salts salts = new Salts(workload.salt(), runNonce, tokenizer);
    int limit = workload.maxTokens() == null ? Integer.MAX_VALUE : workload.maxTokens();
    CachePlan cache = workload.cache();
    if (cache != null && cache.state() instanceof CachePlan.Mixed mixed) {
      Lengths lengths = lengths(workload.source(), seed, timed, notes);
      MixedPrompts prompts = new MixedPrompts(lengths, mixed, tokenizer, salts, seed, limit);
      return new OpenedSource(
          prompts,
          notes,
          prompts::subtractTemplateTokens,
          prompts::primers,
          lengths instanceof TraceLengths trace ? trace.times() : null);
    }
    return switch (workload.source()) {
      case Workload.Corpus corpus ->
          CorpusSessions.open(workload, corpus, tokenizer, salts, seed, timed);
      case Workload.Synthetic synthetic -> {
        if (synthetic.classes().stream().allMatch(RequestClass::plain)) {
          GeneratedPrompts prompts =
              new GeneratedPrompts(
                  new MixLengths(synthetic.classes(), seed), tokenizer, salts, seed, limit);
          yield new OpenedSource(
              prompts, notes, prompts::subtractTemplateTokens, () -> Primers.NONE);
        }
        if (synthetic.rules().limit() instanceof ContextLimit.Summarise) {
          notes.add(
              "summaries of conversations at their context limit are generated; no request is made for them");
        }
        MixSessions sessions = new MixSessions(synthetic, tokenizer, salts, seed, limit);
        yield new OpenedSource(
            sessions, notes, sessions::subtractTemplateTokens, sessions::primers);
      }
      case Workload.Trace trace -> {
        TraceLengths lengths = TraceLengths.read(trace, timed, notes);
        GeneratedPrompts prompts = new GeneratedPrompts(lengths, tokenizer, salts, seed, limit);
        yield new OpenedSource(
            prompts,
            notes,
            prompts::subtractTemplateTokens,
            () -> primers(prompts, lengths.shared()),
            lengths.times());
      }
      case Workload.Messages messages -> {
        if (workload.calibrate()) {
          notes.add(
              "calibrate: recorded messages are sent as they are, their length is not changed");
        }
        yield new OpenedSource(
            RecordedMessages.read(messages.file(), tokenizer, salts, limit, notes),
            notes,
            tokens -> {},
            () -> Primers.NONE);
      }
    };
  }

  /**
   * Opens the lengths of a source whose prompts have nothing in common, without their texts.
   *
   * @param seed as for {@link #open}, which gives the same lengths
   * @param timed whether a step replays its rows' instants
   * @return null where the texts say what prompts have in common, or how long they are
   * @throws dev.candor.base.error.CandorException where a file is missing or wrong, with its line
   */
  public static @Nullable OpenedSource lengths(Workload workload, Seed seed, boolean timed) {
    if (workload.cache() != null && workload.cache().state() instanceof CachePlan.Mixed) {
      return null;
    }
    int limit = workload.maxTokens() == null ? Integer.MAX_VALUE : workload.maxTokens();
    List<String> notes = new ArrayList<>();
    return switch (workload.source()) {
      case Workload.Synthetic synthetic
          when synthetic.classes().stream().allMatch(RequestClass::plain) ->
          textless(new MixLengths(synthetic.classes(), seed), limit, notes, null);
      case Workload.Trace trace -> {
        TraceLengths lengths = TraceLengths.read(trace, timed, notes);
        yield lengths.anyShared() ? null : textless(lengths, limit, notes, lengths.times());
      }
      case Workload.Synthetic ignored -> null;
      case Workload.Messages ignored -> null;
      case Workload.Corpus ignored -> null;
    };
  }

  private static OpenedSource textless(
      Lengths lengths, int limit, List<String> notes, @Nullable RowTimes times) {
    return new OpenedSource(
        new LengthPrompts(lengths, limit), notes, tokens -> {}, () -> Primers.NONE, times);
  }

  private static Primers primers(GeneratedPrompts prompts, List<Lengths.Length> shared) {
    List<Lengths.Length> most = shared.subList(0, Math.min(Primers.MOST, shared.size()));
    return new Primers(prompts.primers(most), shared.size() - most.size());
  }

  /** What only lengths are drawn from: a mix of plain classes, or a trace. */
  private static Lengths lengths(
      Workload.Source source, Seed seed, boolean timed, List<String> notes) {
    return switch (source) {
      case Workload.Synthetic synthetic -> new MixLengths(synthetic.classes(), seed);
      case Workload.Trace trace -> TraceLengths.read(trace, timed, notes);
      case Workload.Messages messages ->
          throw new IllegalArgumentException("recorded messages have no generated beginning");
      case Workload.Corpus corpus ->
          throw new IllegalArgumentException("sessions of a corpus have no generated beginning");
    };
  }
}
