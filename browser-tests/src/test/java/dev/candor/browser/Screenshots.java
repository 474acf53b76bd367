package dev.candor.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotScale;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a browser shows to files that are small enough for the documentation. */
final class Screenshots {
  static final List<Device> DEVICES = List.of(Device.LIGHT, Device.DARK, Device.PHONE);

  /** In bytes. */
  private static final int LARGEST = 150_000;

  private static final int BEST_QUALITY = 82;

  private final Path folder;

  Screenshots(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The window as it is: {@code view-light.jpg}. */
  void take(String view, Device device, Visit visit) throws IOException {
    byte[] picture = picture(visit.page());
    if (picture.length > LARGEST) {
      throw new AssertionError(
          "%s: %,d bytes, of %,d at most".formatted(view, picture.length, LARGEST));
    }
    String name = device.name().toLowerCase(java.util.Locale.ROOT);
    Files.write(folder.resolve(view + "-" + name + ".jpg"), picture);
  }

  private static byte[] picture(Page page) {
    byte[] picture = {};
    for (int quality = BEST_QUALITY; quality > 40; quality -= 10) {
      picture =
          page.screenshot(
              new Page.ScreenshotOptions()
                  .setType(ScreenshotType.JPEG)
                  .setQuality(quality)
                  .setScale(ScreenshotScale.CSS));
      if (picture.length <= LARGEST) {
        break;
      }
    }
    return picture;
  }
}
