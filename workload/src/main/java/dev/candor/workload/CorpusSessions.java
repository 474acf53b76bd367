package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.corpus.Corpus;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Workload;
import dev.candor.token.Tokenizer;
import dev.candor.workload.SharedBeginnings.Beginning;
import java.util.ArrayList;
import java.util.List;

/** The sessions of a corpus in its order, round and round. */
final class CorpusSessions implements SessionSource {
  /** Blocks among which shared beginnings are looked for: some hundred bytes each. */
  private static final int BLOCKS_COMPARED = 1 << 20;

  private static final int MOST_PRIMERS = 256;

  private final CorpusIndex index;
  private final CorpusGroups groups;
  private final CorpusPrompts prompts;

  private CorpusSessions(CorpusIndex index, CorpusPrompts prompts) {
    this.index = index;
    this.groups = new CorpusGroups(index);
    this.prompts = prompts;
  }

  /**
   * Opens the corpus of {@code workload}.
   *
   * @param timed whether a step replays its instants
   */
  static OpenedSource open(
      Workload workload,
      Workload.Corpus source,
      Tokenizer tokenizer,
      Salts salts,
      Seed seed,
      boolean timed) {
    List<String> notes = new ArrayList<>();
    CorpusIndex index = CorpusIndex.read(source, timed, notes);
    CorpusPrompts prompts =
        new CorpusPrompts(
            tokenizer,
            salts,
            seed,
            index.size(),
            workload.maxTokens() == null ? Integer.MAX_VALUE : workload.maxTokens(),
            source.realAnswers());
    boolean texts = index.corpus().hasTexts();
    boolean warm = workload.cache() != null && workload.cache().state() instanceof CachePlan.Warm;
    if (texts) {
      notes.add(
          "messages of %s are sent as roles and texts: calls of tools and their results as text, too"
              .formatted(source.file().getFileName()));
      if (workload.calibrate()) {
        notes.add("calibrate: recorded messages are sent as they are, their length is not changed");
      }
      if (warm) {
        notes.add("cache: what recorded messages share is not looked for, and not sent ahead");
      }
    }
    List<Beginning> shared =
        warm && !texts ? shared(index.corpus(), source, notes) : List.<Beginning>of();
    return new OpenedSource(
        new CorpusSessions(index, prompts),
        notes,
        prompts::subtractTemplateTokens,
        () -> primers(prompts, shared),
        index.times());
  }

  private static Primers primers(CorpusPrompts prompts, List<Beginning> shared) {
    List<Beginning> most = shared.subList(0, Math.min(MOST_PRIMERS, shared.size()));
    return new Primers(prompts.primers(most), shared.size() - most.size());
  }

  private static List<Beginning> shared(Corpus corpus, Workload.Corpus source, List<String> notes) {
    List<Beginning> all = new ArrayList<>();
    CorpusUse use = new CorpusUse(source);
    long[] blocks = new long[1];
    corpus.whileWithoutTexts(
        row -> {
          switch (use.of(row)) {
            case CUT -> {}
            case USED -> {
              Beginning beginning = RecordedTurn.beginning(row);
              all.add(beginning);
              blocks[0] += beginning.blocks().length;
            }
            case BEYOND -> {
              return false;
            }
          }
          return blocks[0] < BLOCKS_COMPARED;
        });
    if (blocks[0] >= BLOCKS_COMPARED) {
      notes.add(
          "cache: beginnings that requests share were looked for among the first %,d requests"
              .formatted(all.size()));
    }
    return SharedBeginnings.of(all);
  }

  @Override
  public Session session(long number) {
    long session = index.session((int) (number % index.size()));
    return new CorpusSession(number, groups.session(session), prompts);
  }
}
