/** What several rooms must agree on about JSON. */
@NullMarked
package dev.candor.base.json;

import org.jspecify.annotations.NullMarked;
