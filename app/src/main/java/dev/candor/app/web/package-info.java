/**
 * The dashboard, {@code candor serve} (docs/dashboard.md): what is in the data folder, as JSON and
 * as files, and the pages that show it. Nothing outside that folder can be reached.
 */
@NullMarked
package dev.candor.app.web;

import org.jspecify.annotations.NullMarked;
