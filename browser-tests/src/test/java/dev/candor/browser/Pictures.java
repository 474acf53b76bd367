package dev.candor.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pictures of a page: the data that they came with, and what the chart library was given. */
final class Pictures {
  private final Page page;

  Pictures(Page page) {
    this.page = page;
  }

  @SuppressWarnings("unchecked")
  List<String> ids() {
    return (List<String>)
        page.evaluate("() => [...document.querySelectorAll('figure.picture')].map(f => f.id)");
  }

  /** Those that are not drawn, with what is wrong of each; best none. */
  @SuppressWarnings("unchecked")
  List<String> notDrawn() {
    return (List<String>) page.evaluate(NOT_DRAWN);
  }

  /** The picture's data as the page has it. */
  JsonNode model(String id) {
    return JsonMapper.shared()
        .readTree(page.locator("#" + id + " script[type='application/json']").textContent());
  }

  /**
   * The chart's series as the chart library has them, an array of {@code name}, {@code type} and
   * {@code data}.
   */
  JsonNode drawn(String id) {
    return JsonMapper.shared().readTree(String.valueOf(page.evaluate(DRAWN, id)));
  }

  /** A picture without a canvas, without room, or of one colour is none. */
  private static final String NOT_DRAWN =
      """
      () => [...document.querySelectorAll('figure.picture')].map(figure => {
        const all = [...figure.querySelectorAll('canvas')];
        const canvas = all.find(each => each.clientWidth > 0) ?? all[0];
        if (!canvas) {
          return figure.querySelector('svg') ? null : figure.id + ': no canvas';
        }
        if (canvas.clientWidth < 100 || canvas.clientHeight < 60) {
          return figure.id + ': ' + canvas.clientWidth + ' × ' + canvas.clientHeight;
        }
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set(new Uint32Array(data.buffer));
        return colours.size > 3 ? null : figure.id + ': of ' + colours.size + ' colours';
      }).filter(each => each !== null)
      """;

  private static final String DRAWN =
      """
      id => {
        const place = document.getElementById(id).querySelector('[_echarts_instance_]');
        const chart = window.echarts.getInstanceByDom(place);
        return JSON.stringify(chart.getOption().series
            .map(each => ({name: each.name ?? '', type: each.type, data: each.data ?? []})));
      }
      """;
}
