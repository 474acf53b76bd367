package dev.candor.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageShellTest {

  @Test
  void of_policy_allowsItsOwnScriptsByHashAndNothingElse() throws Exception {
    String page = PageShell.of("t", "<p>body</p>");
    String policy = between(page, "Content-Security-Policy content=\"", "\"");
    List<String> hashes = new ArrayList<>();
    Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    while (scripts.find()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(hashes).hasSize(2);
    assertThat(between(policy, "script-src ", ";").split(" ")).containsExactlyElementsOf(hashes);
    assertThat(policy)
        .contains("default-src 'none'", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("http", "unsafe-eval", "script-src 'unsafe-inline'");
  }

  @Test
  void of_scripts_cannotEndTheirElement() {
    assertThat(PageAssets.charts() + PageAssets.pictures())
        .doesNotContain("</script", "<script", "<!--", "\r");
  }

  @Test
  void of_page_referencesNothingOutside() {
    String page = PageShell.of("t", SamplePictures.page());
    assertThat(page.replace(PageAssets.charts(), ""))
        .doesNotContain("src=\"http", "href=\"http", "@import", "url(http", "fetch(");
  }

  @Test
  void of_title_isText() {
    assertThat(PageShell.of("</title><script>", ""))
        .contains("<title>&lt;/title&gt;&lt;script&gt;");
  }

  @Test
  void pictures_neverMakeHtmlOfText() {
    assertThat(PageAssets.pictures())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
