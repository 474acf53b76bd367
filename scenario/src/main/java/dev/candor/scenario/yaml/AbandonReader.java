package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Abandon;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code workload.abandon}. */
final class AbandonReader {
  private static final Distribution UNREAD = new Distribution.Constant(1);

  private final Problems problems;

  AbandonReader(Problems problems) {
    this.problems = problems;
  }

  List<Abandon> read(Section section) {
    List<Abandon> abandons = new ArrayList<>();
    double sum = 0;
    for (Value item : section.items("abandon", "users who leave: a share, with after or tokens")) {
      Section each = new Section(item, problems, Keys.ABANDON);
      if (!each.has("share")) {
        problems.add(each.where(), "needs a share of the requests, such as 5%");
      }
      if (!each.has("after") && !each.has("tokens")) {
        problems.add(
            each.where(),
            "needs after (a wait for the first token, such as 10s) or tokens, or both");
      }
      double share = each.read("share", 0.0, AbandonReader::part);
      sum += share;
      abandons.add(
          new Abandon(
              share,
              each.has("after") ? each.nanos("after", UNREAD) : null,
              each.has("tokens") ? each.tokens("tokens", UNREAD) : null));
    }
    // Shares such as ten times 10 % add up to a little more than 1.
    if (sum > 1 + 1e-9) {
      section.problem(
          "abandon",
          "its shares add up to %s %%, must be 100 %% at most"
              .formatted(Math.round(sum * 1e4) / 1e2));
    }
    return abandons;
  }

  static Double part(String text) {
    double share = Shares.parsePart(text);
    if (share <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return share;
  }
}
