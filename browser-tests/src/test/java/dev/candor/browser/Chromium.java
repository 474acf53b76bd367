package dev.candor.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The one browser of all tests, as it is installed here. <b>For one thread.</b> */
final class Chromium implements AutoCloseable {
  /** Somebody else's name that leads to this machine. */
  static final String REBOUND = "rebound.example";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** In a container, and without a word to anybody outside. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-quic",
          "--no-first-run",
          "--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));
  }

  /**
   * Starts it. Where there is none the test is aborted, or fails where {@code CANDOR_REQUIRE} names
   * chromium.
   */
  static Chromium start() {
    Optional<Path> executable = installed();
    if (executable.isEmpty()) {
      String missing =
          "no Chromium: install one, or name it by CANDOR_CHROMIUM (looked for %s on the PATH)"
              .formatted(NAMES);
      if (environment("CANDOR_REQUIRE").contains("chromium")) {
        throw new AssertionError(missing);
      }
      Assumptions.abort(missing);
    }
    return new Chromium(executable.orElseThrow());
  }

  private static Optional<Path> installed() {
    String named = environment("CANDOR_CHROMIUM");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(environment("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String environment(String name) {
    return Optional.ofNullable(System.getenv(name)).orElse("");
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
