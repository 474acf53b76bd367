package dev.candor.browser;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What axe-core finds on a page that keeps somebody from using it. */
final class Axe {
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private Axe() {}

  /** Serious and critical findings, each with its first places; best none. */
  static List<String> findings(Page page) {
    AxeRunOptions options = new AxeRunOptions();
    // Of what is well, thousands of cells, nothing is brought over.
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
        .options(options).analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Axe::words)
            .toList();
  }

  private static String words(Rule rule) {
    return rule.getNodes().stream()
        .limit(4)
        .map(node -> node.getTarget() + " " + node.getFailureSummary())
        .collect(Collectors.joining("\n  ", rule.getId() + ": " + rule.getHelp() + "\n  ", ""));
  }
}
