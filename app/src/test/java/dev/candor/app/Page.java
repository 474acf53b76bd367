package dev.candor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that was written. */
final class Page {
  private Page() {}

  /** Its text and its data, without the scripts that draw. */
  static String own(Path file) throws IOException {
    return Files.readString(file).replaceAll("(?s)<script>.*?</script>", "");
  }
}
