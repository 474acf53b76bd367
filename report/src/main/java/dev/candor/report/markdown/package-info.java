/** Markdown, as summaries of CI jobs show it. What it says is what the console says. */
@NullMarked
package dev.candor.report.markdown;

import org.jspecify.annotations.NullMarked;
