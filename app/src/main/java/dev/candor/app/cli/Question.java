package dev.candor.app.cli;

import java.io.Console;
import java.util.Locale;

/** Asks whoever sits at the terminal. */
final class Question {
  private Question() {}

  /** Whether there is somebody to be asked. */
  // Error Prone knows Java 22's console; Java 25's is null again where nobody sits at it.
  @SuppressWarnings("SystemConsoleNull")
  static boolean canBeAsked() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Whether they say yes to {@code question}; no where nobody is there. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean yes(String question) {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%s [y/N] ", question);
    return answer != null && answer.trim().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
