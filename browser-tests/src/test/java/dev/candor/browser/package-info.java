/** Report and dashboard as a browser shows them. */
@NullMarked
package dev.candor.browser;

import org.jspecify.annotations.NullMarked;
