package dev.candor.scrub;

/** Decides what groups of digits are. <b>For one thread.</b> */
final class Numbers {
  private final DigitGroups groups = new DigitGroups();
  private final Cues cues;

  Numbers(Cues cues) {
    this.cues = cues;
  }

  /**
   * Looks at the digit at {@code start}; returns where to go on, {@code start} if it is nothing.
   */
  int find(Text text, int start, Findings findings) {
    boolean version =
        cues.near(Cue.IP_NO, start, 2) || (text.at(start - 1) == 'v' && !text.word(start - 2));
    int end = IpAddresses.findFour(text, start, version, findings);
    if (end > start) {
      return end;
    }
    groups.read(text, start);
    if (groups.count() == 1 && groups.length(0) < 7) {
      return start;
    }
    end = BirthDates.findNumeric(text, groups, cues, findings);
    if (end > start) {
      return end;
    }
    if (attached(text, start)) {
      return start;
    }
    for (int first = 0; first < groups.count(); first++) {
      end = Cards.find(text, groups, first, findings);
      if (end == 0) {
        end = NationalIds.find(text, groups, first, cues, findings);
      }
      if (end > 0) {
        return end;
      }
    }
    for (int first = 0; first < groups.count(); first++) {
      end = Phones.findNational(text, groups, first, cues, findings);
      if (end > 0) {
        return end;
      }
    }
    // Its other groups have been looked at too.
    return groups.end(groups.count() - 1);
  }

  /** Amounts, decimals, parts of identifiers. */
  private static boolean attached(Text text, int start) {
    char before = text.at(start - 1);
    return switch (before) {
      case '$', '€', '£', '#', '_' -> true;
      case '.', ',' -> text.digit(start - 2);
      case '-' -> text.word(start - 2);
      default -> false;
    };
  }
}
