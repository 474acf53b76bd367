package dev.candor.scenario;

/**
 * How conversations go on.
 *
 * @param realAnswers whether the server's own answers are carried into the next request; otherwise
 *     generated text of the length that was asked for
 */
public record SessionRules(ContextLimit limit, boolean realAnswers) {
  public static final SessionRules DEFAULT = new SessionRules(new ContextLimit.None(), true);
}
