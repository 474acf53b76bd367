package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import dev.candor.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Generated sessions of a mix of classes. */
final class MixSessions implements SessionSource {
  private final List<ClassPlan> plans = new ArrayList<>();
  private final ClassShares shares;
  private final Seed seed;
  private final Conversation.Setup setup;
  private volatile int templateTokens;

  /**
   * @param maxTokens bound of every answer
   */
  MixSessions(Workload.Synthetic mix, Tokenizer tokenizer, Salts salts, Seed seed, int maxTokens) {
    List<RequestClass> classes = mix.classes();
    TextNumbers numbers = new TextNumbers(classes.size());
    for (int i = 0; i < classes.size(); i++) {
      plans.add(new ClassPlan(classes.get(i), i, numbers, seed));
    }
    this.shares = new ClassShares(classes);
    this.seed = seed.derive("mix");
    this.setup =
        new Conversation.Setup(new MessageText(tokenizer, seed), salts, mix.rules(), maxTokens, 0);
  }

  void subtractTemplateTokens(int tokens) {
    templateTokens = tokens;
  }

  /**
   * The system messages that sessions may have in common, ahead of a word: each class's most common
   * ones.
   */
  Primers primers() {
    List<Prompt> primers = new ArrayList<>();
    int all = plans.stream().mapToInt(ClassPlan::systems).sum();
    int wanted = Math.min(Primers.MOST, all);
    for (int variant = 0; primers.size() < wanted; variant++) {
      for (ClassPlan plan : plans) {
        if (variant < plan.systems() && primers.size() < wanted) {
          primers.add(primer(plan.system(variant)));
        }
      }
    }
    return new Primers(primers, all - wanted);
  }

  private Prompt primer(List<Piece> system) {
    History history = new History(setup.text(), setup.salts(), 0);
    history.open(0, system, List.of(new Piece.Generated(0, 1, false)));
    return new Prompt("primer", history.messages(), (int) history.tokens(), 1);
  }

  @Override
  public Session session(long number) {
    Seed own = seed.derive(number);
    ClassPlan plan = plans.get(shares.draw(own.stream()));
    return new MixSession(number, plan, own, setup.withTemplate(templateTokens));
  }
}
