/** What {@code /metrics} says: real servers' names over the state of the mock's engines. */
@NullMarked
package dev.candor.mock.metrics;

import org.jspecify.annotations.NullMarked;
