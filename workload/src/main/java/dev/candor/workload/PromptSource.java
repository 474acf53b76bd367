package dev.candor.workload;

/**
 * What each request asks, where none follows from another. Deterministic: the same seed and number
 * give the same prompt, whoever asks and in whatever order. <b>Safe for use by several threads.</b>
 * Costs CPU (tokenizing): not for an event loop.
 */
@FunctionalInterface
public interface PromptSource extends SessionSource {

  /** The prompt of the run's request {@code number}, from 0. */
  Prompt prompt(long number);

  @Override
  default Session session(long number) {
    return Session.single(number, prompt(number));
  }
}
