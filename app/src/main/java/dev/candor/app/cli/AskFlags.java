package dev.candor.app.cli;

import dev.candor.app.estimate.Assumptions;
import dev.candor.app.estimate.Estimator;
import dev.candor.app.estimate.ExpensiveRun;
import dev.candor.app.estimate.ExpensiveRun.Limit;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks before a run that costs much. */
final class AskFlags {
  @Option(
      names = "--yes",
      description = "Start without being asked, whatever it is estimated to cost.")
  boolean yes;

  @Option(
      names = "--ask-above",
      paramLabel = "AMOUNT",
      description =
          "Ask before a run against another machine that may cost more: 25, or '5M tokens'. Default: 10 of the currency, or 2M tokens where no price is known; CANDOR_ASK_ABOVE sets another.")
  @Nullable String above;

  /**
   * Returns where the run may start.
   *
   * @throws CandorException where it may not
   */
  void confirm(Scenario scenario) {
    // Also where it is not used: what is wrong is told at once.
    Limit limit = limit();
    if (yes || !ExpensiveRun.leavesTheMachine(scenario)) {
      return;
    }
    String question =
        ExpensiveRun.question(Estimator.of(scenario, Assumptions.NOTHING_KNOWN), limit);
    switch (ExpensiveRun.decide(question, yes, Question.canBeAsked())) {
      case GO -> {}
      case REFUSE ->
          throw CandorException.user(
              question
                  + "; nobody is there to be asked: name --yes to start it, or a higher --ask-above (candor estimate tells more)");
      case ASK -> {
        if (!Question.yes(question + "; go on?")) {
          throw CandorException.user("not started, as you did not say yes");
        }
      }
    }
  }

  private Limit limit() {
    return above == null ? Limit.usual(System::getenv) : Limit.parse("--ask-above", above);
  }
}
