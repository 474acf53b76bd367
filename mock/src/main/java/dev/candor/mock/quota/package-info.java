/**
 * What a key may use of a model in a minute, and how providers tell of it. Pure: time is a
 * parameter, nothing here knows of HTTP.
 */
@NullMarked
package dev.candor.mock.quota;

import org.jspecify.annotations.NullMarked;
