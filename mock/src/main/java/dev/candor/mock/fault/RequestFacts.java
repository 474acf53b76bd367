package dev.candor.mock.fault;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What decides which faults strike a request.
 *
 * @param number by which it draws
 * @param path without the query
 * @param header the value of the header of this name, in whatever case, or null
 */
public record RequestFacts(
    long number, String model, String path, Function<String, @Nullable String> header) {}
