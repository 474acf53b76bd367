package dev.candor.corpus.scrub;

import dev.candor.scrub.Scrubber;

/** Puts pseudonyms in the place of what is found. <b>For one thread.</b> */
final class Replacing implements Treatment {
  private final Scrubber scrubber;

  Replacing(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  @Override
  public String text(String before, String text, long line) {
    return scrubber.scrub(before, text);
  }

  @Override
  public String field(String name, String value, long line) {
    return scrubber.scrubField(name, value);
  }

  @Override
  public int cut(String text, int at) {
    return scrubber.cut(text, at);
  }
}
