/** The dashboard: {@code candor serve}. */
@NullMarked
package dev.candor.app.web;

import org.jspecify.annotations.NullMarked;
