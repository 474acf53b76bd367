/** Engine profiles from the shapes of models and the data sheets of GPUs. */
@NullMarked
package dev.candor.engine.roofline;

import org.jspecify.annotations.NullMarked;
