package dev.candor.engine;

/** What a mock answers like, and how far that can be trusted. */
public sealed interface Profile permits EngineProfile, LatencyProfile {

  /** The name of its file, without the ending. */
  String name();

  Source source();

  /** For which loads it was fitted or estimated. */
  String fitRange();

  /** How far it is from what was measured, or how little that is known. */
  String error();

  /**
   * Where its figures come from.
   *
   * @param text what was measured or calculated
   * @param url where to read about it
   */
  record Source(String text, String url) {}
}
