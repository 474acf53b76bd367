package dev.candor.app.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen of the dashboard's pages without a browser. */
class PagesTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
  private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");
  private static final Pattern BY_ID = Pattern.compile("byId\\('([^']+)'\\)");
  private static final Pattern HAS_ID = Pattern.compile("\\bid(?:=\"|: ')([^\"']+)[\"']");

  /** Served out of the report's module. */
  private static final Set<String> SHARED = Set.of("house.css", "echarts.min.js", "pictures.js");

  /** Each would make HTML or code of a text. */
  private static final List<String> FORBIDDEN =
      List.of(
          "innerHTML",
          "outerHTML",
          "insertAdjacentHTML",
          "setHTML",
          "document.write",
          "DOMParser",
          "createContextualFragment",
          "srcdoc",
          "eval(",
          "new Function",
          "javascript:");

  @Test
  void pages_haveNoScriptOrStyleInline() throws IOException {
    for (Path page : files(".html")) {
      assertThat(Files.readString(page))
          .as(page.toString())
          .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
          .doesNotContain("<style")
          .doesNotContainPattern("<[^>]+\\son[a-z]+=")
          .doesNotContainPattern("<[^>]+\\sstyle=");
    }
  }

  @Test
  void pages_referToWhatIsThere() throws IOException {
    Set<String> views = Set.of("/", "/start", "/compare", "/trends", "/mock", "#main", "data:,");
    for (Path page : files(".html")) {
      for (String reference : found(REFERENCE, page)) {
        if (reference.startsWith("/assets/")) {
          assertThat(isThere(reference.substring("/assets/".length())))
              .as("%s: %s", page, reference)
              .isTrue();
        } else {
          assertThat(views).as(page.toString()).contains(reference);
        }
      }
    }
  }

  @Test
  void modules_importWhatIsThere() throws IOException {
    for (Path module : files(".js")) {
      for (String imported : found(IMPORT, module)) {
        assertThat(isThere(imported)).as("%s imports %s", module, imported).isTrue();
      }
    }
  }

  @Test
  void modules_askForElementsThatPagesHave() throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String ending : List.of(".html", ".js")) {
      for (Path file : files(ending)) {
        ids.addAll(found(HAS_ID, file));
      }
    }
    for (Path module : files(".js")) {
      assertThat(ids).as(module.toString()).containsAll(found(BY_ID, module));
    }
  }

  @Test
  void modules_makeNoHtmlOfText() throws IOException {
    assertThat(files(".js")).isNotEmpty();
    for (Path module : files(".js")) {
      String text = Files.readString(module);
      assertThat(FORBIDDEN).as(module.toString()).noneMatch(text::contains);
    }
  }

  private static boolean isThere(String name) {
    return SHARED.contains(name) || Files.exists(folder().resolve(name));
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Path folder() {
    try {
      URL page = requireNonNull(PagesTest.class.getResource("/dev/candor/app/web/runs.html"));
      return requireNonNull(Path.of(page.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
