package dev.candor.mock;

import dev.candor.base.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which requests draw: the client's own ({@code x-candor-request}: {@code 7}, and
 * for its third try {@code 7/3}), else one made of what is asked and how many times it was asked
 * before. Neither depends on the order of arrival, so that the same requests have the same answers
 * in every run, however many are served at once. <b>For the mock's event loop.</b>
 */
final class RequestNumbers {
  private static final int REMEMBERED = 100_000;

  private final Map<Long, Integer> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long arrivals;

  /**
   * @param told how logs name it
   * @param drawn by which it draws
   */
  record Numbered(long told, long drawn) {}

  /**
   * @param header null where the client gives none
   * @param fingerprint of what is asked
   */
  Numbered next(@Nullable String header, long fingerprint) {
    long arrival = arrivals++;
    if (header != null) {
      try {
        int slash = header.indexOf('/');
        long own = Long.parseLong(slash < 0 ? header : header.substring(0, slash));
        // Who asks again draws again.
        return new Numbered(
            own,
            slash < 0
                ? own
                : new Seed(own).derive(Long.parseLong(header.substring(slash + 1))).value());
      } catch (NumberFormatException e) {
        // Not a number: it is not one of ours.
      }
    }
    int before = asked.merge(fingerprint, 1, Integer::sum) - 1;
    return new Numbered(arrival, fingerprint + before);
  }
}
