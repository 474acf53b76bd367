package dev.candor.scrub;

/** The numbers of houses and flats. */
final class HouseNumbers {
  private HouseNumbers() {}

  static boolean is(Text text, int start, int end) {
    return end(text, start) == end;
  }

  /** 12, 12b, 12-14, 12/3. */
  static int end(Text text, int start) {
    int end = text.digitsEnd(start);
    if (end == start || end - start > 5) {
      return start;
    }
    if (text.letter(end) && !text.word(end + 1)) {
      end++;
    }
    if ((text.at(end) == '-' || text.at(end) == '/')
        && text.digit(end + 1)
        && text.digitsEnd(end + 1) - end <= 4) {
      end = text.digitsEnd(end + 1);
    }
    return text.word(end) || text.at(end) == '%' ? start : end;
  }

  static int before(Text text, int start) {
    int at = start;
    while (text.blank(at - 1) || text.at(at - 1) == ',') {
      at--;
    }
    for (String joint : new String[] {"bis", "ter"}) {
      if (text.has(at - 3, joint) && !text.word(at - 4)) {
        at -= 3;
        while (text.blank(at - 1)) {
          at--;
        }
      }
    }
    int number = at;
    while (text.digit(number - 1) && at - number < 5) {
      number--;
    }
    return number < at && at < start && !text.word(number - 1) && text.at(number - 1) != '.'
        ? number
        : start;
  }

  static int withUnit(Text text, int end) {
    int to =
        text.at(end) == '.'
                && text.at(end + 1) != '\n'
                && text.at(end + 1) != 0
                && !text.upper(end + 2)
            ? end + 1
            : end;
    for (String direction : new String[] {" NW", " NE", " SW", " SE", " N", " S", " E", " W"}) {
      if (text.has(to, direction) && !text.word(to + direction.length())) {
        to += direction.length();
        break;
      }
    }
    int at = to;
    while (text.at(at) == ',' || text.blank(at)) {
      at++;
    }
    for (String unit : new String[] {"apt", "suite", "unit", "flat", "ste", "floor", "#"}) {
      if (text.hasIgnoringCase(at, unit)) {
        int number = at + unit.length();
        while (text.at(number) == '.' || text.blank(number) || text.at(number) == '#') {
          number++;
        }
        int numberEnd = text.wordEnd(number);
        if (numberEnd > number && numberEnd - number < 6) {
          return numberEnd;
        }
      }
    }
    return to;
  }
}
