package dev.candor.scenario;

import java.net.URI;
import java.util.List;

/**
 * Where the server tells of itself, as {@code target.metrics} says.
 *
 * @param read whether it is asked at all
 * @param urls pages in Prometheus' format; none: {@code /metrics} of every address of the target
 * @param everyNanos how often, counted from the start of the run
 * @param auth whether pages are asked with the target's key and headers
 */
public record MetricsPages(boolean read, List<URI> urls, long everyNanos, boolean auth) {
  private static final long SECOND = 1_000_000_000;

  /** {@code /metrics} of every address, once a second. */
  public static final MetricsPages DEFAULT = new MetricsPages(true, List.of(), SECOND, false);

  public MetricsPages {
    urls = List.copyOf(urls);
  }

  /**
   * The pages of a target at {@code addresses}, in the order in which records number them; none
   * where they are not read.
   */
  public List<URI> of(List<URI> addresses) {
    if (!read) {
      return List.of();
    }
    return urls.isEmpty()
        ? addresses.stream().map(address -> address.resolve("/metrics")).toList()
        : urls;
  }
}
