package dev.candor.browser;

import com.microsoft.playwright.BrowserContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one test opens in the browser: each visit knows nothing of another's. */
final class Visits implements AutoCloseable {
  private final Chromium chromium;
  private final List<BrowserContext> contexts = new ArrayList<>();

  Visits(Chromium chromium) {
    this.chromium = chromium;
  }

  /** A file, by a browser that reaches no network. */
  Visit offline(Path file, Device device) {
    Visit visit = visit(device);
    visit.page().context().setOffline(true);
    visit.go(file.toUri().toString());
    return visit;
  }

  Visit online(String url, Device device) {
    Visit visit = visit(device);
    visit.go(url);
    return visit;
  }

  /** A page that has gone nowhere yet. */
  Visit visit(Device device) {
    BrowserContext context = chromium.browser().newContext(device.context());
    contexts.add(context);
    return new Visit(context.newPage());
  }

  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }
}
