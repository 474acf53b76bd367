package dev.candor.corpus.scrub;

import dev.candor.scrub.Finding;
import dev.candor.scrub.Scrubber;
import java.util.ArrayList;
import java.util.List;

/** Changes nothing and notes the places of what is found. <b>For one thread.</b> */
final class Searching implements Treatment {
  private static final int MOST_PLACES = 1000;

  private final Scrubber scrubber;
  private final String file;
  private final List<Place> places = new ArrayList<>();
  private long found;

  Searching(Scrubber scrubber, String file) {
    this.scrubber = scrubber;
    this.file = file;
  }

  @Override
  public String text(String before, String text, long line) {
    note(scrubber.remaining(before, text), text, line);
    return text;
  }

  @Override
  public String field(String name, String value, long line) {
    // Line breaks of a value are escapes in the file: all of it stands on one line.
    note(scrubber.remainingInField(name, value), "", line);
    return value;
  }

  @Override
  public int cut(String text, int at) {
    return scrubber.cut(text, at);
  }

  private void note(List<Finding> findings, String text, long line) {
    for (Finding finding : findings) {
      found++;
      if (places.size() < MOST_PLACES) {
        long breaks =
            text.isEmpty()
                ? 0
                : text.substring(0, finding.start()).chars().filter(c -> c == '\n').count();
        places.add(new Place(file, line + breaks, finding.kind()));
      }
    }
  }

  /** The first thousand. */
  List<Place> places() {
    return places;
  }

  long found() {
    return found;
  }
}
