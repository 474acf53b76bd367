package dev.candor.engine;

/**
 * Told what an engine does, step by step, on the caller's thread, from within the engine's methods.
 * No callback may call back into the engine. Instants are nanoseconds on the caller's clock and
 * never go back, except that those of tokens lie ahead of their step's end by the overhead per
 * token. A cancelled request is told of no more.
 */
public interface EngineListener {

  /**
   * The first step that computes it begins; not told again after a preemption.
   *
   * @param cachedTokens leading tokens of the prompt whose KV was in the prefix cache
   */
  void scheduled(EngineRequest request, long nanos, int cachedTokens);

  /**
   * An output token is ready to be sent.
   *
   * @param index from 0, each index once
   * @param nanos the end of its step plus the overhead per token
   */
  void token(EngineRequest request, int index, long nanos);

  /**
   * Several output tokens of a request, told together, at the latest when it ends or {@link
   * Serving#tellSoFar} is called; the first token of an answer, and that of {@link
   * EngineRequest#tellToken}, are told at their instant. Engines that run ahead tell in this way.
   *
   * @param firstIndex of them
   * @param nanos holds their instants, from {@code from} on; to be read during the call only
   */
  default void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {
    for (int i = 0; i < count; i++) {
      token(request, firstIndex + i, nanos[from + i]);
    }
  }

  /** Its last token was told at the same instant. */
  void finished(EngineRequest request, long nanos);

  /** Its blocks were taken for an earlier request; it will be computed again. */
  void preempted(EngineRequest request, long nanos);

  /** Its replica crashed. */
  void failed(EngineRequest request, long nanos);
}
