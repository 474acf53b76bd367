package dev.candor.app.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class Version implements IVersionProvider {

  /** The version, {@code development} outside a jar. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"candor " + text()};
  }
}
