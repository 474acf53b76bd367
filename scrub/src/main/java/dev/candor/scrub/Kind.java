package dev.candor.scrub;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import java.util.Arrays;

/** What is looked for. Of two findings of the same length the kind that stands first here wins. */
public enum Kind {
  PRIVATE_KEY("private-key"),
  URL_CREDENTIAL("url-credential"),
  JWT("jwt"),
  TOKEN("token"),
  EMAIL("email"),
  SECRET("secret"),
  IBAN("iban"),
  CARD("card"),
  NATIONAL_ID("national-id"),
  IP("ip"),
  MAC("mac"),
  PHONE("phone"),
  BIRTH_DATE("birth-date"),
  ADDRESS("address"),
  NAME("name");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** Its name in rules and reports. */
  public String label() {
    return label;
  }

  /**
   * The kind with that label.
   *
   * @throws CandorException where there is none
   */
  public static Kind ofLabel(String label) {
    for (Kind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw CandorException.user(
        "found '%s', which is no kind; %s"
            .formatted(
                label, Suggestion.of(label, Arrays.stream(values()).map(Kind::label).toList())));
  }
}
