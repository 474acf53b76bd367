package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.GaussianCopula;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Workload.RequestClass;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one class say, each drawn from a seed of its own, so that none depends on
 * another. <b>Safe for use by several threads.</b>
 */
final class ClassPlan {
  private final RequestClass kind;
  private final int index;
  private final TextNumbers numbers;
  private final Seed lengths;
  private final GaussianCopula copula;
  private final List<Piece> tools;
  private final @Nullable Zipf variants;
  private final @Nullable Zipf pool;

  /**
   * @param index of the class in its mix
   * @param seed of the run
   */
  ClassPlan(RequestClass kind, int index, TextNumbers numbers, Seed seed) {
    this.kind = kind;
    this.index = index;
    this.numbers = numbers;
    this.lengths = seed.derive("shared lengths");
    this.copula = new GaussianCopula(kind.correlation());
    PromptContext context = kind.context();
    this.variants =
        context.system() == null
            ? null
            : new Zipf(context.system().variants(), context.system().skew());
    this.pool =
        context.documents() == null
            ? null
            : new Zipf(context.documents().pool(), context.documents().skew());
    List<Piece> definitions = new ArrayList<>();
    if (context.tools() != null) {
      for (int i = 0; i < context.tools().count(); i++) {
        definitions.add(shared(numbers.tool(index, i), context.tools().tokens()));
      }
    }
    this.tools = List.copyOf(definitions);
  }

  /** The main conversation of a session. */
  Script script(long session, Seed seed) {
    Turns turns = kind.turns();
    return new Script(
        kind.name(),
        session,
        0,
        system(seed),
        documents(seed),
        turns == null ? 1 : count(turns.count(), seed.derive("turns").stream()),
        turn -> turn(seed.derive("turn").derive(turn), turn));
  }

  /** How many sub-agents the turn of that index sets to work, 0: none. */
  int subagents(Seed seed, int turn) {
    Turns.Subagents subagents = subagents();
    if (subagents == null) {
      return 0;
    }
    RandomGenerator random = seed.derive("subagents").derive(turn).stream();
    return random.nextDouble() < subagents.share()
        ? Math.min(count(subagents.count(), random), Turns.MOST_SUBAGENTS)
        : 0;
  }

  /** What a sub-agent does. */
  Script subagent(Turns.Subagents subagents, Script main, int strand, Seed session) {
    Seed seed = session.derive("strand").derive(strand);
    return new Script(
        kind.name(),
        main.session(),
        strand,
        main.system(),
        List.of(),
        count(subagents.turns(), seed.stream()),
        turn -> {
          RandomGenerator random = seed.derive("turn").derive(turn).stream();
          return new Script.Turn(
              count(turn == 0 ? subagents.inputTokens() : subagents.followUpTokens(), random),
              count(subagents.outputTokens(), random),
              Math.round(subagents.thinkNanos().sample(random)));
        });
  }

  /** The class's sub-agents, null where it has none. */
  Turns.@Nullable Subagents subagents() {
    return kind.turns() == null ? null : kind.turns().subagents();
  }

  private Script.Turn turn(Seed seed, int turn) {
    RandomGenerator random = seed.stream();
    Turns turns = kind.turns();
    Distribution message = turn == 0 || turns == null ? kind.inputTokens() : turns.followUpTokens();
    GaussianCopula.Pair pair = copula.draw(random);
    return new Script.Turn(
        atLeastOne(message.quantile(pair.first())),
        atLeastOne(kind.outputTokens().quantile(pair.second())),
        turns == null ? 0 : Math.round(turns.thinkNanos().sample(random)));
  }

  private List<Piece> system(Seed seed) {
    PromptContext.SystemPrompts prompts = kind.context().system();
    if (prompts == null || variants == null) {
      return tools;
    }
    return system(variants.draw(seed.derive("system").stream()), prompts);
  }

  /** How many system messages there are: what sessions may have in common from their start. */
  int systems() {
    PromptContext.SystemPrompts prompts = kind.context().system();
    return prompts == null ? tools.isEmpty() ? 0 : 1 : prompts.variants();
  }

  /** The system message {@code variant}, from 0, the most common first. */
  List<Piece> system(int variant) {
    PromptContext.SystemPrompts prompts = kind.context().system();
    return prompts == null ? tools : system(variant, prompts);
  }

  private List<Piece> system(int variant, PromptContext.SystemPrompts prompts) {
    List<Piece> system = new ArrayList<>();
    system.add(shared(numbers.system(index, variant), prompts.tokens()));
    system.addAll(tools);
    return List.copyOf(system);
  }

  private List<Piece> documents(Seed seed) {
    PromptContext.Documents documents = kind.context().documents();
    if (documents == null || pool == null) {
      return List.of();
    }
    RandomGenerator random = seed.derive("documents").stream();
    long wanted = Math.round(documents.count().sample(random));
    List<Piece> pieces = new ArrayList<>();
    for (int each : pool.drawDistinct((int) Math.min(wanted, pool.count()), random)) {
      pieces.add(shared(numbers.document(index, each), documents.tokens()));
    }
    return List.copyOf(pieces);
  }

  private Piece shared(long number, Distribution tokens) {
    int length = count(tokens, lengths.derive(number).stream());
    return new Piece.Generated(number, length, true);
  }

  private static int count(Distribution distribution, RandomGenerator random) {
    return atLeastOne(distribution.sample(random));
  }

  private static int atLeastOne(double value) {
    return (int) Math.clamp(Math.round(value), 1L, Integer.MAX_VALUE);
  }
}
