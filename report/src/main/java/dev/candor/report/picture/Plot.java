package dev.candor.report.picture;

/** What is drawn. */
public sealed interface Plot permits Lines, Heat, Waterfall, Points, Bars {}
