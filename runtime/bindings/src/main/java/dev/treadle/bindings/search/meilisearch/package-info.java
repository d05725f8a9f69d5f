/** Stores of documents in a Meilisearch, through its own Java SDK. */
@NullMarked
package dev.treadle.bindings.search.meilisearch;

import org.jspecify.annotations.NullMarked;
