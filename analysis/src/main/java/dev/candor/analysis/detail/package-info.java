/** What pictures show beyond figures: heat maps, single requests, single prompts. */
@NullMarked
package dev.candor.analysis.detail;

import org.jspecify.annotations.NullMarked;
