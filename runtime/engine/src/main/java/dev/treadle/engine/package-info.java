/**
 * Runs functions: loads releases, admits calls, bounds them by deadlines, turns what happens into
 * outcomes. Knows no protocol. Begin at {@link dev.treadle.engine.Engine#dispatch}.
 */
@NullMarked
package dev.treadle.engine;

import org.jspecify.annotations.NullMarked;
