package dev.candor.engine;

/** When an engine tells its listener of the tokens that it has produced. */
public enum Telling {
  /** Each at the end of its step, for a listener that has to pass it on at once. */
  EACH,
  /**
   * As {@link EngineListener#tokens} says: the first of a request and the one of {@link
   * EngineRequest#tellToken} at their instant, all others with the end of the request or by {@link
   * Engine#tellSoFar}. The engine then runs ahead, which is many times faster.
   */
  TOGETHER
}
