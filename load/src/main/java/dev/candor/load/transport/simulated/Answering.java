package dev.candor.load.transport.simulated;

import dev.candor.load.transport.PreparedRequest;

/** Decides what a simulated server answers. <b>For its scheduler's thread only.</b> */
public interface Answering {

  /** Tokens of the prompt, as the server counts them. */
  int promptTokens(PreparedRequest request);

  /**
   * The answer to a request, the same for the same number.
   *
   * @param number of the request in the run
   * @param room tokens that the context leaves for an answer, at least 1
   */
  SimulatedAnswer answer(PreparedRequest request, long number, int room);

  /** Answers of exactly as many tokens as were asked for, whose prompts share nothing. */
  Answering AS_ASKED =
      new Answering() {
        @Override
        public int promptTokens(PreparedRequest request) {
          return Math.max(1, request.inputTokens());
        }

        @Override
        public SimulatedAnswer answer(PreparedRequest request, long number, int room) {
          return SimulatedAnswer.ofLength(Math.max(1, request.maxTokens()), "length");
        }
      };

  /** Index of the model that a request asks for, of those that the engines serve. */
  default int model(PreparedRequest request) {
    return 0;
  }
}
