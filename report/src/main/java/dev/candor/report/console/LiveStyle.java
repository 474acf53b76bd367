package dev.candor.report.console;

import java.nio.charset.Charset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the place that a run is shown on can do.
 *
 * @param inPlace moves the cursor; else plain lines, without control codes
 * @param colour of which nothing depends
 * @param blocks has characters that are not of ASCII
 */
public record LiveStyle(boolean inPlace, boolean colour, boolean blocks) {

  /** Of a file, a pipe, a log. */
  public static final LiveStyle PLAIN = new LiveStyle(false, false, true);

  /**
   * As the environment says: {@code TERM=dumb} and {@code CI} ask for plain lines, {@code NO_COLOR}
   * for no colour (no-color.org).
   *
   * @param terminal whether somebody sits at it
   */
  public static LiveStyle of(
      boolean terminal, Charset charset, UnaryOperator<@Nullable String> environment) {
    boolean inPlace =
        terminal && !"dumb".equals(environment.apply("TERM")) && !isSet(environment.apply("CI"));
    return new LiveStyle(
        inPlace,
        inPlace && !isSet(environment.apply("NO_COLOR")),
        charset.newEncoder().canEncode('▁'));
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty() && !value.equals("false");
  }
}
