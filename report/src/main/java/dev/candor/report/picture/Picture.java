package dev.candor.report.picture;

/**
 * A picture and the data that it is drawn from.
 *
 * @param id unique on its page, of lower-case letters and dashes
 * @param see in one sentence, what to look for
 */
public record Picture(String id, String title, String see, Plot plot) {}
