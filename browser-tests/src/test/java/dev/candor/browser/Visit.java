package dev.candor.browser;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** A page, and all that happened on it that a reader does not see. */
final class Visit {
  private static final double PATIENCE_MS = 20_000;

  private final Page page;
  private final List<String> messages = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> dialogs = new ArrayList<>();

  Visit(Page page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> messages.add(message.type() + ": " + message.text()));
    page.onPageError(error -> messages.add("error: " + error));
    page.context().onRequest(request -> requests.add(request.url()));
    page.onDialog(this::refuse);
  }

  private void refuse(Dialog dialog) {
    dialogs.add(dialog.type() + ": " + dialog.message());
    dialog.dismiss();
  }

  void go(String url) {
    page.navigate(url);
  }

  Page page() {
    return page;
  }

  /** What was written to the console, and errors that nobody caught. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** Addresses asked for, data and blobs of the page's own left out. */
  List<String> requests() {
    return requests.stream()
        .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
        .toList();
  }

  List<String> dialogs() {
    return List.copyOf(dialogs);
  }

  /** What a script of the page says, as JSON has it. */
  Object says(String script) {
    return page.evaluate(script);
  }

  long count(String selector) {
    return page.locator(selector).count();
  }

  /** Whatever can be disclosed. */
  void openAll() {
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)");
  }

  /** From the window's top to its end and back, so that what is drawn when it is seen is drawn. */
  void scrollThrough() {
    page.evaluate(
        """
        async () => {
          const turn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)));
          for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.8) {
            scrollTo(0, y);
            await turn();
          }
          scrollTo(0, 0);
          await turn();
        }
        """);
  }
}
