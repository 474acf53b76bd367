package dev.candor.workload;

/**
 * What each request asks. Deterministic: the same seed and number give the same prompt, whoever
 * asks and in whatever order. <b>Safe for use by several threads.</b> Costs CPU (tokenizing): not
 * for an event loop.
 */
public interface PromptSource {

  /** The prompt of the run's request {@code number}, from 0. */
  Prompt prompt(long number);
}
