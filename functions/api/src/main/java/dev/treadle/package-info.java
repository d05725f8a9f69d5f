/**
 * The function author's API.
 *
 * <p>A function is a public class with a public constructor that takes no arguments. It implements
 * one of {@link dev.treadle.HttpFunction}, {@link dev.treadle.EventFunction}, {@link
 * dev.treadle.BatchFunction} and {@link dev.treadle.TypedFunction}. One instance serves all calls
 * of a release on a node, many at a time, each on its own virtual thread: blocking is fine, shared
 * fields must be safe for threads.
 */
@NullMarked
package dev.treadle;

import org.jspecify.annotations.NullMarked;
