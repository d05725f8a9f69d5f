/** Stores of documents in an OpenSearch, through its own Java client. */
@NullMarked
package dev.treadle.bindings.search.opensearch;

import org.jspecify.annotations.NullMarked;
