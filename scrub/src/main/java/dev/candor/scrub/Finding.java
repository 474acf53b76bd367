package dev.candor.scrub;

/**
 * A value that must not be written, by its place in the text that was searched.
 *
 * @param kind label of a {@link Kind}, or the name of an own rule
 * @param start index of its first character
 * @param end index after its last one
 */
public record Finding(String kind, int start, int end) {}
