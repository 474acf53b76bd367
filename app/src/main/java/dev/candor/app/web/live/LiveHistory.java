package dev.candor.app.web.live;

import dev.candor.report.console.LiveSecond;
import java.util.ArrayList;
import java.util.List;

/** The seconds of a run so far, in a bounded number of stretches. <b>Not thread-safe.</b> */
final class LiveHistory {
  /*
   * Stretches are of 1, 2, 4, 8, … seconds, all but the last of the same length. When there are too
   * many, each two of them become one. A day is 675 of 128 seconds.
   */
  static final int MOST = 1_200;

  private final List<Stretch> stretches = new ArrayList<>();
  private int length = 1;

  void add(LiveSecond second) {
    int last = stretches.size() - 1;
    Stretch one = new Stretch(second, 1);
    if (last >= 0 && stretches.get(last).seconds() < length) {
      stretches.set(last, stretches.get(last).and(one));
    } else {
      stretches.add(one);
    }
    if (stretches.size() > MOST) {
      length *= 2;
      List<Stretch> halved = new ArrayList<>(MOST);
      for (int i = 0; i < stretches.size(); i += 2) {
        halved.add(
            i + 1 < stretches.size()
                ? stretches.get(i).and(stretches.get(i + 1))
                : stretches.get(i));
      }
      stretches.clear();
      stretches.addAll(halved);
    }
  }

  int size() {
    return stretches.size();
  }

  List<Stretch> stretches() {
    return List.copyOf(stretches);
  }
}
