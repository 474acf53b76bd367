package dev.candor.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the browser, the runs and a dashboard of them; each is made once, when first asked
 * for.
 */
final class BrowserExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Visits.class || type == Runs.class || type == Served.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store ofAll = context.getRoot().getStore(NAMESPACE);
    Class<?> type = parameter.getParameter().getType();
    Runs runs = ofAll.computeIfAbsent(Runs.class, _ -> Runs.in(), Runs.class);
    if (type == Runs.class) {
      return runs;
    }
    if (type == Served.class) {
      return ofAll.computeIfAbsent(Served.class, _ -> Served.of(runs.all()), Served.class);
    }
    Chromium chromium =
        ofAll.computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Visits.class, _ -> new Visits(chromium), Visits.class);
  }
}
