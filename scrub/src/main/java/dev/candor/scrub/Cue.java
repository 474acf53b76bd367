package dev.candor.scrub;

/** What a known word tells of the words near it. The words are in {@code cues.txt}. */
enum Cue {
  GIVEN_NAME(0),
  /** A given name that is an ordinary word or a brand too. */
  DOUBTFUL_NAME(1),
  HONORIFIC(2),
  GREETING(3),
  SIGN_OFF(4),
  NAME_FIELD(5),
  NAME_INTRODUCTION(6),
  PARTICLE(7),
  /** A capitalised word that is no name of a person. */
  NO_NAME(8),
  PHONE(9),
  BIRTH(10),
  MONTH(11),
  STREET_AFTER(12),
  STREET_BEFORE(13),
  SECRET(14),
  ID(15),
  IP_NO(16),
  POSTCODE(17),
  /** What may stand after Mr and is no name. */
  ROLE(18);

  private final int place;

  Cue(int place) {
    this.place = place;
  }

  /** Its place among the bits of a word's cues. */
  int place() {
    return place;
  }

  long bit() {
    return 1L << place;
  }

  boolean in(long cues) {
    return (cues & bit()) != 0;
  }
}
