package dev.candor.report.picture;

import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Seconds in a row that are shaded for one reason: warm-up, what limited the client, or that the
 * run's process was dead.
 *
 * @param end the first second after it
 * @param limits empty where it is warm-up or dead
 */
public record Band(int start, int end, Set<LimitReason> limits, boolean dead) {

  /** As many as a picture has points across: more of a day's seconds cannot be told apart. */
  private static final int SHOWN = 1000;

  /**
   * All bands of a run; a limited second of the warm-up is shown as limited. Those of a long run
   * are joined where the picture would show no gap.
   */
  public static List<Band> of(List<Window> windows) {
    List<Band> bands = new ArrayList<>();
    int gap = windows.size() / SHOWN;
    for (Window w : windows) {
      if (w.warmup() || w.clientLimited() || w.dead()) {
        Band last = bands.isEmpty() ? null : bands.getLast();
        if (last != null && last.joins(w, gap)) {
          Set<LimitReason> limits = new TreeSet<>(last.limits);
          limits.addAll(w.limits());
          bands.set(bands.size() - 1, new Band(last.start, w.second() + 1, limits, w.dead()));
        } else {
          bands.add(new Band(w.second(), w.second() + 1, w.limits(), w.dead()));
        }
      }
    }
    return bands;
  }

  private boolean joins(Window next, int gap) {
    return dead == next.dead() && joinsAsAlive(next, gap);
  }

  private boolean joinsAsAlive(Window next, int gap) {
    return gap == 0
        ? end == next.second() && limits.equals(next.limits())
        : end + gap >= next.second() && limited() == next.clientLimited();
  }

  public boolean limited() {
    return !limits.isEmpty();
  }

  /** Where, and why. */
  public String words() {
    return "%d–%d s: %s".formatted(start, end, why());
  }

  /** It as what a picture shades. */
  Lines.Span span() {
    Lines.Span.Kind kind =
        dead ? Lines.Span.Kind.LOST : limited() ? Lines.Span.Kind.LIMITED : Lines.Span.Kind.WARMUP;
    return new Lines.Span(start, end, why(), kind);
  }

  private String why() {
    return dead
        ? "lost, the run's process was dead"
        : limited() ? "client-limited, " + LimitReason.words(limits) : "warm-up";
  }
}
