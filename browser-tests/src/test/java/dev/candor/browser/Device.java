package dev.candor.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** Who looks: the size of the window, and whether the system is dark. */
enum Device {
  LIGHT(1280, 900, ColorScheme.LIGHT),
  DARK(1280, 900, ColorScheme.DARK),
  PHONE(390, 844, ColorScheme.LIGHT),
  /** The narrowest that pages must fit (WCAG 2.2, reflow). */
  NARROW(320, 640, ColorScheme.LIGHT);

  final int width;
  final int height;
  private final ColorScheme scheme;

  Device(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  Browser.NewContextOptions context() {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setLocale("en-GB")
        .setTimezoneId("UTC")
        .setAcceptDownloads(true);
  }
}
