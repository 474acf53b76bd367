package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An enum's constants as scenarios write them: {@code ROUND_ROBIN} is {@code round-robin}. */
final class ConstantText {
  private ConstantText() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (of(constant).equals(text)) {
        return constant;
      }
    }
    List<String> known = Arrays.stream(constants).map(ConstantText::of).toList();
    throw CandorException.user("found '%s'; %s".formatted(text, Suggestion.of(text, known)));
  }
}
