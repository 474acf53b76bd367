/**
 * How the application under test retries: requests grouped into logical calls, and a verdict. Pure:
 * time is a parameter, nothing here knows of HTTP.
 */
@NullMarked
package dev.candor.mock.audit;

import org.jspecify.annotations.NullMarked;
