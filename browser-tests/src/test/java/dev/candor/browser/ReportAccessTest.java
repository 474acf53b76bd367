package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads it, in whatever light, on whatever screen, by whatever means. */
@ExtendWith(BrowserExtension.class)
final class ReportAccessTest {
  /** A4 less its margins, in CSS pixels. */
  private static final int PAPER_WIDTH = 718;

  private static final int MOST_PAGES = 40;

  private static final String PAPER = "() => getComputedStyle(document.body).backgroundColor";

  private static Visit opened(Path run, Device device, Visits visits) {
    Visit visit = visits.offline(run.resolve("report.html"), device);
    visit.scrollThrough();
    return visit;
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void report_axeLooks_findsNothingGrave(Device device, Runs runs, Visits visits) {
    assertThat(Axe.findings(opened(runs.everything(), device, visits).page())).isEmpty();
  }

  @Test
  void reportOfASweep_axeLooks_findsNothingGrave(Runs runs, Visits visits) {
    assertThat(Axe.findings(opened(runs.sweep(), Device.PHONE, visits).page())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PHONE", "NARROW"})
  void report_narrow_doesNotScrollSideways(Device device, Runs runs, Visits visits) {
    for (Path run : new Path[] {runs.everything(), runs.sweep(), runs.hostile()}) {
      Visit visit = opened(run, device, visits);
      visit.openAll();
      assertThat(Reflow.tooWide(visit.page())).as(run.toString()).isEmpty();
    }
  }

  @Test
  void report_byKeyboard_reachesEveryControlAndShowsWhere(Runs runs, Visits visits) {
    assertThat(Keyboard.problems(opened(runs.everything(), Device.LIGHT, visits).page())).isEmpty();
  }

  @Test
  void report_printed_isDarkOnWhiteAndFitsThePaper(Runs runs, Visits visits) {
    Page page = opened(runs.everything(), Device.DARK, visits).page();
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.setViewportSize(PAPER_WIDTH, 1000);

    assertThat(page.evaluate(PAPER)).isIn("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)");
    assertThat(page.evaluate("() => candor.palette().page")).isEqualTo("#fff");
    assertThat(Reflow.tooWide(page)).isEmpty();
    assertThat(page.locator("button:visible").count())
        .isEqualTo(page.locator(".key button").count());
    assertThat(new Pictures(page).notDrawn()).isEmpty();

    page.evaluate("() => dispatchEvent(new Event('afterprint'))");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    assertThat(page.evaluate(PAPER)).isEqualTo("rgb(20, 23, 27)");
    assertThat(pages(page.pdf(new Page.PdfOptions().setFormat("A4"))))
        .isBetween(2L, (long) MOST_PAGES);
  }

  private static long pages(byte[] pdf) {
    return Pattern.compile("/Type\\s*/Page\\b")
        .matcher(new String(pdf, StandardCharsets.ISO_8859_1))
        .results()
        .count();
  }
}
