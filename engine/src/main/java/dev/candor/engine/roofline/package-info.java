/**
 * Engine profiles from the shapes of models and the data sheets of GPUs (docs/profiles.md):
 * gpus.yaml and models.yaml are the figures of others, {@link
 * dev.candor.engine.roofline.Efficiencies} what is calibrated, {@link
 * dev.candor.engine.roofline.Roofline} the formulas between them. Estimates come out as the text of
 * a profile, read like any other. Pure: no clocks, no network.
 */
@NullMarked
package dev.candor.engine.roofline;

import org.jspecify.annotations.NullMarked;
